export { problemCodes, statusOf, titleOf, type ProblemCode } from './problem-code.ts';
export { problem, PROBLEM_MEDIA_TYPE, type FieldProblem, type Problem } from './problem.ts';
export { problemOf, type ProblemAnswer } from './problem-of.ts';
export { Refused, retryAfter } from './refused.ts';
export { ownOnly, principalOf, requireScope, tenantOf, type Principal } from './principal.ts';
export { dtoErrors, refusedDto } from './dto-errors.ts';
export { readJsonBody, type BodyHead } from './read-body.ts';
export { acceptJsonBodies, STREAMED_BODY } from './json-bodies.ts';
export { CONTROL_POSITION_HEADER, passEchoedPosition, type ControlPositionDeps } from './control-position.ts';
