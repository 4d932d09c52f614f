import { z } from 'zod';
import type { Installation } from './installation.js';

/**
 * Whether what Slack delivered is for this installation and for no other of the same app, which would be signed alike. People of other
 * workspaces who meet the bot in a shared channel are let through: they are told that they are strangers.
 */
export const isOurs = (
  body: unknown,
  installation: Pick<Installation, 'teamId' | 'organisation'>,
) => {
  const parsed = Whereabouts.safeParse(body);
  return parsed.success && addresseesOf(parsed.data).some((it) => isAddressed(installation, it));
};

interface Addressee {
  readonly team: string | null;
  readonly enterprise: string | null;
  /** For the app as a whole organisation has it. */
  readonly isOrgWide: boolean;
}

const id = z.string().nullish();
const place = z.object({ id }).nullish();
/** Commands are forms, in which everything is a string. */
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).nullish();

const Whereabouts = z.object({
  team_id: id,
  enterprise_id: id,
  team: place,
  enterprise: place,
  is_enterprise_install: flag,
  view: z.object({ app_installed_team_id: id }).nullish(),
  authorizations: z
    .array(z.object({ team_id: id, enterprise_id: id, is_enterprise_install: flag }))
    .nullish(),
});
type Whereabouts = z.infer<typeof Whereabouts>;

const addresseesOf = (body: Whereabouts): readonly Addressee[] => {
  // Of an event from a shared channel `team_id` may be the other side's; these are whom it is for.
  const { authorizations } = body;
  if (authorizations && authorizations.length > 0) {
    return authorizations.map((one) => ({
      team: one.team_id ?? null,
      enterprise: one.enterprise_id ?? null,
      isOrgWide: isSet(one.is_enterprise_install),
    }));
  }
  const isOrgWide = isSet(body.is_enterprise_install);
  const enterprise = body.enterprise_id ?? body.enterprise?.id ?? null;
  // `team` of a view in a shared channel may be that of the person; this is the one that has the app.
  const installed = body.view?.app_installed_team_id ?? null;
  if (installed !== null && !isOrgWide) return [{ team: installed, enterprise: null, isOrgWide }];
  return [{ team: body.team_id ?? body.team?.id ?? null, enterprise, isOrgWide }];
};

const isAddressed = (
  { teamId, organisation = null }: Pick<Installation, 'teamId' | 'organisation'>,
  { team, enterprise, isOrgWide }: Addressee,
): boolean => {
  if (organisation?.hasInstalled === true) return enterprise === organisation.id;
  const isOtherOrganisation = enterprise !== null && enterprise !== organisation?.id;
  return team === teamId && !isOtherOrganisation && !isOrgWide;
};

const isSet = (value: z.infer<typeof flag>): boolean => value === true || value === 'true';
