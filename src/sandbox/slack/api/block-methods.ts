import type { Problem } from '../blockkit/rule.js';
import { isRecord } from '../blockkit/walk.js';
import { ApiError, invalidArguments } from './api-error.js';
import type { Call, Methods } from './method.js';

export const blockMethods: Methods = {
  'blocks.validate': { token: 'any', scope: null, run: validate },
};

function validate({ workspace, args }: Call) {
  const { blocks, message, view } = args;
  if ([blocks, message, view].filter((one) => one !== undefined).length !== 1) {
    throw invalidArguments('must provide exactly one of: blocks, message, view');
  }
  const { blockKit } = workspace;
  if (blocks !== undefined) refuse('invalid_blocks', blockKit.message(blocks));
  if (view !== undefined) refuse('invalid_view', blockKit.view(view));
  if (message !== undefined) {
    refuse(
      'invalid_message',
      blockKit.message(isRecord(message) ? (message['blocks'] ?? []) : null),
    );
  }
  return {};
}

function refuse(error: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new ApiError(error, {
    errors: problems.map(({ message, pointer }) => ({
      code: 'failed_constraint',
      message,
      pointer: pointer.replace(/^\/(blocks|view)/, ''),
    })),
  });
}
