import type { JobName } from '../requests/step.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { carryOutJob } from './carry-out.js';
import { endJob } from './end.js';
import { escalateJob } from './escalate.js';
import { lapseJob } from './lapse.js';
import { noticeJob } from './notice.js';
import { previewJob } from './preview.js';
import { readDirectoryJob } from './read-directory.js';
import { readServicesJob } from './read-services.js';
import { remindJob } from './remind.js';
import { tellJob } from './tell.js';

/** Does the work of one job. Loads fresh state, does nothing if it is done already, may run twice; throws to be run again later. */
export type Perform = (services: Services, job: Job) => Promise<void>;

export const jobs: Readonly<Record<JobName, Perform>> = {
  preview: previewJob,
  'carry-out': carryOutJob,
  lapse: lapseJob,
  remind: remindJob,
  escalate: escalateJob,
  end: endJob,
  tell: tellJob,
  notice: noticeJob,
  'read-services': readServicesJob,
  'read-directory': readDirectoryJob,
};
