/** In the collector's DATA_DIR, touched after each round; its age is what the health check looks at. */
export const ALIVE_FILE = 'collector-alive';
