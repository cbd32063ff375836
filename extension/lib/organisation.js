/**
 * The server of the organisation that this copy was made for; null where the person types it. `make extension
 * SERVER=https://…` fills it in.
 */
export const SERVER = null;
