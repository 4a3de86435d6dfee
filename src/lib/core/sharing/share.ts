/** Who a notebook is shared with, as its owner reads it. Everything not listed here sees nothing of it. */

export const SHARE_LEVELS = ['viewer', 'editor'] as const;
export type ShareLevel = (typeof SHARE_LEVELS)[number];

export const SHARE_KINDS = [
	'person',
	'workshop',
	/** Of a workshop, those who run it. */
	'facilitators',
	'organisation',
	'link'
] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];

/** How long a share may hold, in days; 0: until it is taken back. */
export const SHARE_DAYS = [1, 7, 30, 90, 0] as const;

/** Shares in force on one notebook, at most. */
export const MAX_SHARES = 200;
/** People of the owner's workshops who are offered by name, at most. */
export const MAX_FELLOWS = 1_000;
/** Names of those who opened a link that are told; the count is always whole. */
export const MAX_NAMES = 50;

export interface Share {
	readonly id: string;
	readonly kind: ShareKind;
	readonly level: ShareLevel;
	/** The person, workshop (also for its facilitators) or organisation; empty for a link. */
	readonly name: string;
	/** A person's address, as an account holds it. */
	readonly email: string | null;
	/** Workshop, organisation: its people today, or who facilitates it. Link: those who opened it. Person: 1. */
	readonly people: number;
	/** Link: the names of those who opened it, the last first. */
	readonly openedBy: readonly string[];
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	/** null: until it is taken back. */
	readonly expiresAt: number | null;
}

/** All that the sharing dialog shows. */
export interface Sharing {
	readonly shares: readonly Share[];
	/** The owner's own workshops and organisations: what they may share with. */
	readonly workshops: readonly { readonly id: string; readonly name: string }[];
	readonly organisations: readonly { readonly id: string; readonly name: string }[];
	/** Those who are in the owner's workshops, whom a name is enough to find: most have no address. */
	readonly fellows: readonly Fellow[];
}

/** Someone of a workshop of the owner's. */
export interface Fellow {
	readonly id: string;
	readonly name: string;
	/** At the owner's table in one of them. */
	readonly atTable: boolean;
}

/** What the owner asks for; `to` is a person's e-mail or a fellow's id, or the id of a workshop or an organisation. */
export interface ShareRequest {
	readonly kind: ShareKind;
	readonly to: string;
	readonly level: ShareLevel;
	/** One of SHARE_DAYS. */
	readonly days: number;
}
