/** Words about who is here. */
import type { PersonHere } from '$lib/client/presence.svelte';
import type { Workspace } from '$lib/client/workspace.svelte';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { kindName } from '../cell/cell-words.ts';
import { shownKind } from '../cell/panel-kind.ts';

/** Names said in one go; past that, how many more. */
const SAID = 3;

/** « Line, Omar et 4 autres ». */
export function namesOf(people: readonly Pick<PersonHere, 'name'>[]): string {
	const names = people.slice(0, SAID).map(({ name }) => name);
	const more = people.length - names.length;
	if (more > 0) names.push(m.presence_more({ count: more }));
	return new Intl.ListFormat(getLocale() === 'en' ? 'en-CA' : 'fr-CA').format(names);
}

export const hereWords = (people: readonly PersonHere[]): string =>
	m.presence_here({ count: people.length, names: namesOf(people) });

/** Of those who are on one cell: who writes in it, and who else is there. */
export function thereWords(people: readonly PersonHere[]): string {
	const writers = people.filter(({ writes }) => writes);
	const readers = people.filter(({ writes }) => !writes);
	return [
		...(writers.length > 0
			? [m.presence_writing({ count: writers.length, names: namesOf(writers) })]
			: []),
		...(readers.length > 0 ? [hereWords(readers)] : [])
	].join(' ');
}

export const writersFirst = (people: readonly PersonHere[]): PersonHere[] =>
	people.toSorted((a, b) => Number(b.writes) - Number(a.writes));

/** Where a person is, for someone who sees the cells' numbers. */
export function placeWords(person: PersonHere, workspace: Workspace): string {
	const index = person.cell === null ? -1 : workspace.indexOf(person.cell);
	const cell = workspace.cells[index];
	if (!cell) return m.presence_reading();
	const kind = kindName(shownKind(cell.kind, cell.source));
	const names = cell.facts?.defines ?? [];
	return [
		m.cell_number({ number: index + 1 }),
		kind,
		...(names.length ? [names.join(', ')] : []),
		...(person.writes ? [m.presence_writes()] : [])
	].join(', ');
}
