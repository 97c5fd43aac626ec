import { Button } from '@mantine/core';
import { IconArrowForwardUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { messageOf } from '../../api/api-problem.ts';
import { quarantineStrings as words } from '../../strings/quarantine.ts';
import type { QuarantinedRecord } from '../ops-schema.ts';
import { RedriveDialog } from './redrive-dialog.tsx';
import classes from './redrive.module.css';
import { canBeRedriven } from './redrivable.ts';

/** Puts one record into its topic once more, once it was confirmed; then says where it stands, or why not. */
export function RedriveButton({ record }: { readonly record: QuarantinedRecord }) {
  const { topic, partition, offset } = record;
  const { api } = useApi();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const redrive = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/quarantine/redrive', { body: { topic, partition, offset } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quarantine'] }),
  });
  if (!canBeRedriven(topic)) return <span className="muted">{words.notRedrivable}</span>;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowForwardUp size={14} aria-hidden />}
        loading={redrive.isPending}
        aria-label={words.redriveThis(topic, partition, offset)}
        onClick={() => setAsking(true)}
      >
        {words.redrive}
      </Button>
      <p className={redrive.error === null ? classes.done : classes.refused} role="status">
        {redrive.error === null ? null : messageOf(redrive.error)}
        {redrive.data === undefined
          ? null
          : redrive.data.redriven
            ? words.redriven(redrive.data.topic, redrive.data.partition, redrive.data.offset)
            : words.before(redrive.data.topic, redrive.data.partition, redrive.data.offset)}
      </p>
      <RedriveDialog
        opened={asking}
        record={record}
        onKeep={() => setAsking(false)}
        onRedrive={() => {
          setAsking(false);
          redrive.mutate();
        }}
      />
    </>
  );
}
