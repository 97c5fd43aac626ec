import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  readonly label: string;
  readonly op: string;
  readonly value: string;
}

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** `by (…)`, and what it stands over. */
export interface Grouping {
  readonly labels: readonly string[];
  readonly over: readonly Selector[];
}

export interface PromQuery {
  readonly selectors: readonly Selector[];
  /** The outermost first. */
  readonly groupings: readonly Grouping[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/** What an expression names. Throws where it cannot be parsed, and where a selector names no metric. */
export function readPromql(text: string): PromQuery {
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) throw new Error(`cannot be parsed at ${from}: ${text}`);
    },
  });
  const groupings = all(tree.topNode, 'AggregateExpr').flatMap((aggregate) => {
    const modifier = aggregate.getChild('AggregateModifier');
    const labels = modifier === null ? [] : all(modifier, 'LabelName').map((label) => textOf(label, text));
    return modifier === null ? [] : [{ labels, over: selectorsIn(aggregate, text) }];
  });
  return { selectors: selectorsIn(tree.topNode, text), groupings };
}

function selectorsIn(node: Node, text: string): readonly Selector[] {
  return all(node, 'VectorSelector').map((selector) => {
    const metric = selector.getChild('Identifier');
    if (metric === null) throw new Error(`a selector without a metric: ${text}`);
    const matchers = all(selector, 'UnquotedLabelMatcher').map((matcher): Matcher => {
      const part = (name: string) => {
        const child = matcher.getChild(name);
        return child === null ? '' : textOf(child, text);
      };
      return { label: part('LabelName'), op: part('MatchOp'), value: part('StringLiteral').slice(1, -1) };
    });
    return { metric: textOf(metric, text), matchers };
  });
}

const textOf = ({ from, to }: Node, text: string): string => text.slice(from, to);

function all(node: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  node.cursor().iterate((at) => {
    if (at.name === name) found.push(at.node);
  });
  return found;
}
