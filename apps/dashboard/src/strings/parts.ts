export const partsStrings = {
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  notCopied: 'The browser did not allow copying; select the text and copy it by hand.',
  retry: 'Try again',
  loading: 'Loading',
  errorTitle: 'This could not be loaded',
  unavailableTitle: 'History does not answer at the moment',
  unavailableAbout:
    'Deliveries go on as ever; only what has happened cannot be read now. This page tries again by itself.',
  cancel: 'Cancel',
  close: 'Close',
  live: {
    connecting: 'Connecting',
    live: 'Live',
    polling: 'Every 4 s',
  },
  liveAbout: {
    connecting: 'Opening the connection by which changes are shown as they happen.',
    live: 'Changes are shown as they happen.',
    polling: 'The live connection is away. The page asks every 4 seconds, and reconnects by itself.',
  },
  theme: { light: 'Light', dark: 'Dark', auto: 'As the system' },
  themeLabel: 'Colours',
};
