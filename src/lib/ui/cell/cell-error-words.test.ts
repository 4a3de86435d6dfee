import { afterEach, expect, it } from 'vitest';
import type { CellError } from '$lib/core/protocol/messages';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { cellErrorText } from './cell-error-words';

const unreadable = (details: CellError['details']): string =>
	cellErrorText({
		...{ code: 'file_unreadable', line: null, column: null, related: [] },
		details: { name: 'billets@3.arrow', ...details }
	});
const whose = { title: 'Billets', organisation: 'Théâtre X' };

afterEach(() => overwriteGetLocale(() => 'fr'));

it('says of a file that is read no more which dataset it was, and why', () => {
	overwriteGetLocale(() => 'fr');
	expect(unreadable({ ...whose, why: 'dataset_withdrawn' })).toContain(
		'«\u00a0Billets\u00a0» a été retiré par Théâtre X\u00a0: cette cellule'
	);
	expect(unreadable({ ...whose, why: 'dataset_expired', day: '2026-01-31' })).toContain(
		'«\u00a0Billets\u00a0», de Théâtre X, ont pris fin le 31 janvier 2026'
	);
	overwriteGetLocale(() => 'en');
	expect(unreadable({ ...whose, why: 'dataset_withdrawn' })).toContain(
		'“Billets” was withdrawn by Théâtre X'
	);
	expect(unreadable({ ...whose, why: 'dataset_expired', day: '2026-07-01' })).toContain(
		'ended on July 1, 2026'
	);
});

it('says why by its file’s name where the dataset is not told', () => {
	overwriteGetLocale(() => 'fr');
	const little: readonly CellError['details'][] = [
		{ why: 'dataset_withdrawn' },
		{ why: 'dataset_withdrawn', title: 'Billets', organisation: '' }
	];
	for (const details of little)
		expect(unreadable(details)).toMatch(/billets@3\.arrow.*Son organisme l’a retiré/);
	// Never a day that is not one.
	expect(unreadable({ ...whose, why: 'dataset_expired', day: '' })).toContain('date fixée');
	expect(unreadable({ ...whose, why: 'offline' })).toContain('réseau');
});
