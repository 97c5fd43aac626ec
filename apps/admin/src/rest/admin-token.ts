/** What controllers are handed: the admin's context. */
export const ADMIN = Symbol('admin');
