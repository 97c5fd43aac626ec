import { opsStrings } from '../../strings/ops.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import type { Change } from './diff.ts';
import classes from './diff-table.module.css';

const words = opsStrings.audit;

const field: Column<Change> = {
  name: words.field,
  cell: ({ field: name }) => <span className={classes.field}>{name}</span>,
};
const was: Column<Change> = {
  name: words.before,
  cell: ({ before }) => <Side text={before} look={classes.before} />,
};
const is: Column<Change> = {
  name: words.after,
  cell: ({ after }) => <Side text={after} look={classes.after} />,
};

/** Of what is new nothing was before, of what is gone nothing is after. */
function columnsFor(changes: readonly Change[]): readonly Column<Change>[] {
  return [
    field,
    ...(changes.some(({ before }) => before !== null) ? [was] : []),
    ...(changes.some(({ after }) => after !== null) ? [is] : []),
  ];
}

/** What was beside what is. Values are text nodes: some of them were written by customers. */
export function DiffTable({
  caption,
  changes,
}: {
  readonly caption: string;
  readonly changes: readonly Change[];
}) {
  return (
    <div className={classes.box}>
      <DataTable
        caption={caption}
        columns={columnsFor(changes)}
        rows={changes}
        keyOf={({ field: name }) => name}
      />
    </div>
  );
}

function Side({ text, look }: { readonly text: string | null; readonly look: string | undefined }) {
  if (text === null) return <span className="muted">{words.notThere}</span>;
  return <span className={`mono ${look ?? ''}`}>{text}</span>;
}
