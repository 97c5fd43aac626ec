export const HEALTH = Symbol('health');
export const METRICS = Symbol('metrics');
