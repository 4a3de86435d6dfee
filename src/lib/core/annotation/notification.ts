/** What a person is told of that others did in notebooks that they may read. */

export const NOTIFICATION_KINDS = [
	/** Named in a comment. */
	'mention',
	/** Someone wrote in a thread that the person wrote in or opened. */
	'reply',
	/** A thread was opened on a notebook of theirs. */
	'thread',
	/** A thread that they opened was resolved. */
	'resolved',
	/** Changes are proposed to a notebook that they edit: they may decide. */
	'proposal',
	/** What they proposed was decided. */
	'decision',
	/** Someone wrote about a proposal that the person made, is to decide, decided or wrote about. */
	'proposal-comment',
	/** Named in what is written about a proposal. */
	'proposal-mention'
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Whether what is told is of a proposal, rather than of a thread. */
export const isOfProposal = (kind: NotificationKind): boolean =>
	kind === 'decision' || kind.startsWith('proposal');

export interface Notification {
	readonly id: string;
	readonly kind: NotificationKind;
	/** Name of who did it. */
	readonly by: string;
	readonly notebookId: string;
	readonly notebookTitle: string;
	/** The thread or the proposal; null where it went since. */
	readonly subjectId: string | null;
	/** Its first words, as plain text. */
	readonly excerpt: string;
	readonly read: boolean;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

/** What the one who asks is told. */
export interface Notifications {
	/** Of all that are kept, not of those listed alone. */
	readonly unread: number;
	/** The last ones, the newest first. */
	readonly latest: readonly Notification[];
}

export const NOTIFICATION_LIMITS = {
	/** Listed. */
	latest: 50,
	/** Kept of one person: the oldest go first. */
	kept: 500,
	/** Kept of one person's acts: nobody pushes out what others did. */
	keptOfOne: 100,
	/** Told of one act. */
	people: 250,
	/** Characters of an excerpt. */
	excerpt: 160,
	/** Days that a read one is kept. */
	days: 90
} as const;
