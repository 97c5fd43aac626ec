/** The API puts back what leads to deliveries; outcomes, decisions and records of other teams' topics it does not. */
export function canBeRedriven(topic: string): boolean {
  return topic === 'events' || topic === 'deliveries' || topic.startsWith('retry.');
}
