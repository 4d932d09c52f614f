/**
 * The problem of a path that begins with a slash, as a sentence for the user, or null. Percent signs are refused whole: how
 * often `%252e` is decoded on its way nobody knows.
 */
export function pathProblem(path: string): string | null {
  if (path.includes('//')) return 'Leave out doubled slashes.';
  if (path.includes('%')) return 'Leave out percent signs: they can hide another path.';
  if (path.split('/').some((part) => part === '.' || part === '..')) {
    return 'Leave out “.” and “..” between slashes: they lead to another path.';
  }
  return /^\/[A-Za-z0-9._~/-]*$/.test(path)
    ? null
    : 'Use letters, digits, dots, dashes, underscores and tildes between the slashes.';
}
