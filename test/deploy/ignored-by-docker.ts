/** Does .dockerignore keep `path` out of a build? The last pattern that fits it, or a folder above it, decides. */
export function isIgnoredByDocker(ignoreFile: string, path: string): boolean {
  const steps = path.split('/');
  const ways = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  let ignored = false;
  for (const line of ignoreFile.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const isBack = line.startsWith('!');
    const pattern = patternOf(isBack ? line.slice(1) : line);
    if (ways.some((way) => pattern.test(way))) ignored = !isBack;
  }
  return ignored;
}

function patternOf(line: string): RegExp {
  const source = line
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('**/', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '(?:.*/)?');
  return new RegExp(`^${source}$`);
}
