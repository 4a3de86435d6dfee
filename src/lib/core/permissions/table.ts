/**
 * Who may do what to each kind of thing: the one table that every server entry asks.
 *
 * Roles are relative to the thing asked about: the same person is `editor` of one notebook and `viewer` of
 * another. `server/access` computes the roles a person holds on a thing; this table says what they allow.
 * A share with a workshop or an organisation makes its people `viewer` or `editor` of the thing shared. A
 * thing that a person may not read answers as a missing one.
 */
export const ROLES = [
	'administrator', // runs the installation; not a reader of people's notebooks or data
	'facilitator', // of the workshop the thing belongs to, or of the series
	'steward', // of the organisation the thing belongs to
	'owner', // made the thing; always an editor of it too
	'editor', // may change the thing: its owner, or by a share
	'participant', // of the workshop the thing belongs to, with an account
	'guest', // of the workshop the thing belongs to, without an account
	'contributor', // steward of an organisation that takes part in the pool
	'invited', // asked to bring an organisation to the pool
	'viewer', // may see the thing by a share
	'account', // anyone signed in with an account
	'anonymous' // anyone at all
] as const;
export type Role = (typeof ROLES)[number];

const WORKSHOP: readonly Role[] = ['facilitator', 'participant', 'guest'];

/** Public pages (reports, help, the way in by a code) ask nothing of anyone, and are not here. */
export const PERMISSIONS = {
	'account.manage-own': ['account', 'guest'],

	'organisation.create': ['administrator', 'account'],
	'organisation.read': ['administrator', 'steward', 'viewer'],
	'organisation.manage': ['steward'],

	'series.create': ['account'],
	'series.read': ['facilitator'],
	'series.manage': ['facilitator'],

	'workshop.create': ['account'],
	'workshop.read': WORKSHOP,
	'workshop.manage': ['facilitator'],
	'workshop.choose-table': WORKSHOP,

	'dataset.create': ['steward'],
	'dataset.govern': ['steward'],
	'dataset.read': ['steward', 'viewer'],

	// Of the organisation that will run it.
	'pool.create': ['steward'],
	'pool.read': ['steward', 'contributor', 'viewer'],
	// Its contract alone, to decide whether to take part.
	'pool.consider': ['steward', 'contributor', 'viewer', 'invited'],
	'pool.manage': ['steward'],
	// To bring an organisation of one's own in.
	'pool.join': ['steward', 'invited'],
	// Parts of organisations of one's own: which ones, the membership says.
	'pool.contribute': ['contributor'],

	'notebook.create': ['account', 'guest'],
	'notebook.read': ['editor', 'viewer'],
	'notebook.edit': ['editor'],
	'notebook.share': ['owner'],
	'notebook.delete': ['owner'],
	'notebook.fork': ['editor', 'viewer'],

	// What the notebook was: whoever reads it may look.
	'version.read': ['editor', 'viewer'],
	// Kept by itself, or before a restoration or others' changes: drafts, of which nobody chose that readers see them.
	'version.read-unnamed': ['editor'],
	'version.keep': ['editor'],
	'version.restore': ['editor'],
	// Of the version: who kept it owns it, and so does who owns the notebook.
	'version.manage': ['owner'],
	// What was taken out of it: for who could have taken it out.
	'deleted-cell.read': ['editor'],
	'deleted-cell.restore': ['editor'],
	// Who deleted it, or owns the notebook.
	'deleted-cell.forget': ['owner'],

	// Of a version of one's own, to what it was made from: its changes.
	'proposal.make': ['editor'],
	'proposal.withdraw': ['editor'],
	// Of what they are proposed to.
	'proposal.decide': ['editor'],
	// Of either: a proposal shows a part of what is nobody else's.
	'proposal.read': ['editor'],
	'proposal.discuss': ['editor'],

	'thread.read': ['editor', 'viewer'],
	'thread.write': ['editor', 'viewer'],
	'thread.react': ['editor', 'viewer'],
	'thread.resolve': ['editor'],

	'comment.edit': ['owner'],
	'comment.delete': ['owner', 'facilitator'],

	// Of the site: whoever publishes answers for it, by an account.
	'report.create': ['account'],
	// Of the notebook that it is made from.
	'report.publish': ['editor'],
	// Of a report that is there: another version of it, in either language.
	'report.revise': ['owner'],
	'report.withdraw': ['owner', 'administrator'],
	// To let its owner publish again what an administrator withdrew.
	'report.lift': ['administrator']
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;

/** Whether any of the roles held lets its holder do `action`. */
export function allows(roles: Iterable<Role>, action: Action): boolean {
	const allowed: readonly Role[] = PERMISSIONS[action];
	for (const role of roles) if (allowed.includes(role)) return true;
	return false;
}
