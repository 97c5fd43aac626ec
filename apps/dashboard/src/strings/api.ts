/** What is said where the API says nothing itself. */
export const apiStrings = {
  unreachable: 'No answer came. The engine, or the network between, is away at the moment.',
  notFromEngine: (status: number) =>
    `An answer came with status ${String(status)} that is not the engine's; something in between gave it.`,
  noBody: (url: string) => `The answer of ${url} has no body.`,
};
