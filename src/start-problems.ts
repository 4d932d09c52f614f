import { ConfigError } from './environment/variables.js';
import { errorCode } from './error-code.js';
import { PolicyError } from './policy/parse.js';

/** EX_CONFIG of sysexits.h: restarting is useless until someone corrects the configuration. */
const CONFIG_ERROR_EXIT_CODE = 78;

/** For standard error, as there may be no log yet, so it must not contain secrets. */
export function startProblems(
  error: unknown,
  policyFile: string,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  if (error instanceof ConfigError)
    return { lines: error.problems, exitCode: CONFIG_ERROR_EXIT_CODE };
  if (error instanceof PolicyError) {
    return {
      lines: error.problems.map((problem) => `${policyFile}:${problem}`),
      exitCode: CONFIG_ERROR_EXIT_CODE,
    };
  }
  if (isMissing(error, policyFile)) {
    return { lines: [noPolicyFile(policyFile)], exitCode: CONFIG_ERROR_EXIT_CODE };
  }
  return { lines: [sentence(error)], exitCode: 1 };
}

export const noPolicyFile = (file: string): string =>
  `There is no policy file ${file}. Next: npx handle-desk init writes one, or copy policy.example.yml.`;

const isMissing = (error: unknown, file: string): boolean =>
  errorCode(error) === 'ENOENT' && error instanceof Error && 'path' in error && error.path === file;

function sentence(error: unknown): string {
  const code = errorCode(error);
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: something listens there already. End it, or choose another with PORT or OPS_PORT.`;
  }
  if (code === 'EACCES' && port !== '') {
    return `This user may not listen on port ${port}. Choose one above 1023 with PORT or OPS_PORT.`;
  }
  if (error instanceof AggregateError) return error.errors.map(String).join('; ');
  return error instanceof Error ? error.message : String(error);
}
