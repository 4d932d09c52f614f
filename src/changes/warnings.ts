export const PASSWORD_WARNING =
  'Every member of a handle service can read its registrar password through Onezone’s API.';

export const PASSWORD_WAS_READABLE =
  'Whoever was a member may have read the registrar password; changing it is the way to be sure.';
