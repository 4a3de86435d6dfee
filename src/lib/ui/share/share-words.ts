/** Who can see a notebook and what they may do there, in a sentence. */
import { longDay } from '$lib/core/report/cell-text';
import { SHARE_DAYS, type Share, type ShareKind, type ShareLevel } from '$lib/core/sharing/share';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

/** « Les 24 personnes de l’atelier « X » peuvent le lire. » */
export function shareSentence({ kind, level, name, people: count }: Share): string {
	const edits = level === 'editor';
	if (kind === 'person')
		return edits ? m.share_person_edits({ name }) : m.share_person_reads({ name });
	if (kind === 'link') return edits ? m.share_link_edits() : m.share_link_reads();
	if (kind === 'facilitators')
		return edits ? m.share_facilitators_edit({ name }) : m.share_facilitators_read({ name });
	const shown = number(count);
	if (kind === 'workshop')
		return edits
			? m.share_workshop_edits({ name, count, shown })
			: m.share_workshop_reads({ name, count, shown });
	return edits
		? m.share_organisation_edits({ name, count, shown })
		: m.share_organisation_reads({ name, count, shown });
}

/** What a row is called in the name of its controls. */
export const shareName = ({ kind, name, createdAt }: Share): string =>
	kind === 'link'
		? m.share_link_name({ date: longDay(createdAt, getLocale()) })
		: kind === 'facilitators'
			? m.share_facilitators_name({ name })
			: name;

/** How long it holds, and for a link who opened it. */
export function shareDetails({
	kind,
	email,
	people,
	openedBy,
	createdAt,
	expiresAt
}: Share): string[] {
	const lang = getLocale();
	const lines: string[] = [];
	if (email) lines.push(email);
	if (kind === 'link') {
		lines.push(m.share_link_made({ date: longDay(createdAt, lang) }));
		const names = [...openedBy];
		if (people > names.length)
			names.push(m.share_link_more({ shown: number(people - names.length) }));
		lines.push(
			people === 0
				? m.share_link_unopened()
				: m.share_link_opened({ names: new Intl.ListFormat(`${lang}-CA`).format(names) })
		);
	}
	if (expiresAt !== null) lines.push(m.share_until({ date: longDay(expiresAt, lang) }));
	return lines;
}

/** What taking a share back does. */
export const revokeText = (share: Share): string =>
	share.kind === 'link'
		? m.share_revoke_link_text()
		: share.kind === 'person'
			? m.share_revoke_person_text({ name: share.name })
			: share.kind === 'facilitators'
				? m.share_revoke_facilitators_text({ name: share.name })
				: m.share_revoke_group_text({ name: share.name });

export const levelOptions = (): { value: ShareLevel; label: string }[] => [
	{ value: 'viewer', label: m.share_level_viewer() },
	{ value: 'editor', label: m.share_level_editor() }
];

export const kindName = (kind: ShareKind): string =>
	({
		person: m.share_kind_person,
		workshop: m.share_kind_workshop,
		facilitators: m.share_kind_facilitators,
		organisation: m.share_kind_organisation,
		link: m.share_kind_link
	})[kind]();

export const dayOptions = (): { value: string; label: string }[] =>
	SHARE_DAYS.map((days) => ({
		value: String(days),
		label: days === 0 ? m.share_days_none() : m.share_days({ count: days, shown: number(days) })
	}));

const number = (value: number): string => new Intl.NumberFormat(`${getLocale()}-CA`).format(value);
