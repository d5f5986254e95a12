export const DAY_MS = 86_400_000;

/** For how many days is kept what no setting names. */
export const KEPT_DAYS = {
  samples: 7,
  minutes: 35,
  hours: 400,
  /** Of releases before 0026. */
  means: 35,
  cursors: 2,
  pictures: 365,
  capacity: 8,
  alerts: 90,
  /** What was told of alerts, and how far it came. */
  alertMessages: 30,
  collectors: 30,
  detections: 1,
} as const;

/** Of events of objects, however young. */
export const KEPT_EVENTS = 500_000;
