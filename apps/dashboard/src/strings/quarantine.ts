/** English of the operator's page of quarantine. */
export const quarantineStrings = {
  title: 'Quarantine',
  about: 'Records that nobody could read, newest first. They went on to nobody; everything behind them did.',
  none: 'Quarantine is empty',
  noneAbout: 'Every record so far could be read.',
  list: 'Records in quarantine',
  record: 'Record',
  reason: 'Reason',
  at: 'Set aside',
  action: 'Put back',
  place: (topic: string, partition: number, offset: number) =>
    `${topic}, partition ${String(partition)}, offset ${String(offset)}`,
  redrive: 'Put back',
  redriveThis: (topic: string, partition: number, offset: number) =>
    `Put back ${quarantineStrings.place(topic, partition, offset)}`,
  redriveTitle: 'Put this record back?',
  redriveAbout:
    'It goes into its topic once more, byte for byte. Mend first what kept it from being read: a contract that was missing, or a release too old for it. Why it was set aside:',
  redriven: (topic: string, partition: number, offset: number) =>
    `Put back: ${quarantineStrings.place(topic, partition, offset)}.`,
  before: (topic: string, partition: number, offset: number) =>
    `It was put back before: ${quarantineStrings.place(topic, partition, offset)}.`,
  notRedrivable: 'cannot be',
};
