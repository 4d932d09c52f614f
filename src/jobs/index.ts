import type { JobName } from '../requests/step.js';
import { accessClockJob } from './access-clock.js';
import { auditHeadJob } from './audit-head.js';
import { carryOutJob } from './carry-out.js';
import { examineJob } from './examine.js';
import { noticeJob } from './notice.js';
import { notifyJob } from './notify.js';
import type { Perform } from './perform.js';
import { previewJob } from './preview.js';
import { readDirectoryJob, readServicesJob } from './readings.js';
import { reconcileJob } from './reconcile.js';
import { submissionJob } from './submission.js';
import { escalateJob, lapseJob, remindJob } from './timers.js';

export const jobs: Readonly<Record<JobName, Perform>> = {
  submission: submissionJob,
  preview: previewJob,
  'carry-out': carryOutJob,
  reconcile: reconcileJob,
  'access-clock': accessClockJob,
  lapse: lapseJob,
  remind: remindJob,
  escalate: escalateJob,
  notify: notifyJob,
  notice: noticeJob,
  'read-services': readServicesJob,
  'read-directory': readDirectoryJob,
  'audit-head': auditHeadJob,
  examine: examineJob,
};
