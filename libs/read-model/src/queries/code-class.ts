import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** The first digit of an answer's status code; `none`: the endpoint has given no answer. */
export const codeClasses = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type CodeClass = (typeof codeClasses)[number];

export function whereCodeClass<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  column: string,
  codeClass: CodeClass,
): void {
  if (codeClass === 'none') {
    query.andWhere(`${column} IS NULL`);
    return;
  }
  const from = Number(codeClass[0]) * 100;
  query.andWhere(`${column} BETWEEN :fromCode AND :toCode`, { fromCode: from, toCode: from + 99 });
}
