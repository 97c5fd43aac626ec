import { Button } from '@mantine/core';
import { opsStrings } from '../../strings/ops.ts';
import classes from './more-button.module.css';

/** What the infinite queries give of what it needs. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Under a list that goes on. */
export function MoreButton({ pages }: { readonly pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {opsStrings.more}
      </Button>
    </div>
  );
}
