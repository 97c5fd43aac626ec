export { arbitraryControlEntries, arbitraryControlFact } from './arbitrary-control.ts';
export {
  arbitraryEndpointCommand,
  arbitraryEndpointFact,
  arbitraryEndpointFactOf,
} from './arbitrary-endpoint.ts';
export { eventually } from './eventually.ts';
export { givenWhenThen, type Then, type When } from './given-when-then.ts';
