import type { Change } from './change.js';
import { extend } from './extend/index.js';
import { grant } from './grant/index.js';
import { link } from './link/index.js';
import { register } from './register/index.js';
import { release } from './release/index.js';
import { restore } from './restore/index.js';
import { revoke } from './revoke/index.js';
import { unlink } from './unlink/index.js';

/** What the desk can change, in the order in which help shows it. */
export const changes: readonly Change[] = [
  grant,
  register,
  extend,
  release,
  revoke,
  restore,
  link,
  unlink,
];
