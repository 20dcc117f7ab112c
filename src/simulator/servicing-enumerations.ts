/** The values of `SMS_ImageServicingSchedule.State`; those of `Progress.Status` are others. */
export const SCHEDULE_STATE = { none: 0, scheduled: 1, running: 2, succeeded: 3, failed: 4 } as const;
export const ACTION = { none: 0, runNow: 1, cancel: 2 } as const;
export const PROGRESS_STATUS = { running: 1, success: 2, failed: 3 } as const;
