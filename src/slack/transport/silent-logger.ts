import { type Logger, LogLevel } from '@slack/bolt';

const ignore = (): void => undefined;

/** For calls whose outcome is the only thing worth telling. */
export const silentLogger: Logger = {
  ...{ debug: ignore, info: ignore, warn: ignore, error: ignore },
  ...{ setLevel: ignore, getLevel: () => LogLevel.ERROR, setName: ignore },
};
