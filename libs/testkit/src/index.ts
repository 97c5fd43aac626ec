export { eventually } from './eventually.ts';
export { givenWhenThen, type Then, type When } from './given-when-then.ts';
