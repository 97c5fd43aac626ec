/**
 * What the Nest CLI's own defaults lack for this repository: every source import carries its `.ts` suffix,
 * libraries are named by `imports` in package.json (`#domain`), and the target is the pinned Node.
 */
export default (defaults) => {
  const [rule] = defaults.module.rules;
  rule.use[0].options.jsc.target = 'es2023';
  return { ...defaults, devtool: 'source-map' };
};
