import { describe, expect, it } from 'vitest';
import { SALES_CONTRACT } from '../../server/demo/exports/sales-contract.ts';
import { contractChange } from './contract-change.ts';
import {
	columnNames,
	contractOf,
	draftOf,
	draftProblems,
	emptyColumn,
	moveColumn,
	standingColumns,
	type ContractDraft
} from './contract-draft.ts';
import { readContract } from './contract.ts';

function make(): { draft: ContractDraft; nextId: () => number } {
	let last = 0;
	const nextId = () => ++last;
	return { draft: draftOf(SALES_CONTRACT, nextId), nextId };
}
const paths = (draft: ContractDraft): string[] =>
	draftProblems(draft).map(({ path, why }) => `${path} ${why}`);
const columnOf = (draft: ContractDraft, name: string) => {
	const found = draft.columns.find((column) => column.name === name);
	if (!found) throw new Error(name);
	return found;
};

describe('a contract in a form', () => {
	it('comes out as it went in', () => {
		const { draft } = make();
		expect(draftProblems(draft)).toEqual([]);
		expect(readContract(contractOf(draft))).toEqual(SALES_CONTRACT);
	});

	it('each thing that is wrong is told where it stands', () => {
		const { draft, nextId } = make();
		draft.title.en = ' ';
		const channel = columnOf(draft, 'canal_vente');
		channel.allowed.push({ id: nextId(), value: '', synonyms: '' });
		channel.allowed.push({ id: nextId(), value: 'Autre', synonyms: 'web' });
		columnOf(draft, 'taux_occupation').min = 'zéro';
		columnOf(draft, 'date_representation').required = false;
		draft.columns.push(emptyColumn(nextId));
		const at = draft.columns.indexOf(channel);
		const last = draft.columns.length - 1;
		const rate = draft.columns.indexOf(columnOf(draft, 'taux_occupation'));
		const size = channel.allowed.length;
		expect(paths(draft).sort()).toEqual(
			[
				'title.en empty',
				`columns.${at}.allowed.${size - 2}.value empty`,
				`columns.${at}.allowed.${size - 1}.synonyms value_twice`,
				`columns.${rate}.min bound`,
				`columns.${last}.label.fr empty`,
				`columns.${last}.label.en empty`,
				'period.column period_column'
			].sort()
		);
	});

	it('a label of signs alone makes no name: one is asked for', () => {
		const { draft, nextId } = make();
		draft.columns.push({ ...emptyColumn(nextId), label: { fr: '%', en: '%' } });
		expect(paths(draft)).toEqual([`columns.${draft.columns.length - 1}.name empty`]);
	});

	it('makes names from labels, each once, and never the one that is kept for the pool', () => {
		const { nextId } = make();
		const named = (fr: string, name = '') => ({
			...emptyColumn(nextId),
			name,
			label: { fr, en: fr }
		});
		expect(
			columnNames([
				named('Date de représentation'),
				named('Billets', 'billets'),
				named('Billets !'),
				named('Organisme'),
				named('Œuvre n° 2')
			])
		).toEqual(['date_de_representation', 'billets', 'billets_2', 'organisme_nom', 'oeuvre_no_2']);
	});

	it('reads bounds as people write them in either language', () => {
		const { draft } = make();
		const rate = columnOf(draft, 'taux_occupation');
		[rate.min, rate.max] = ['−1,5', '1 000.25'];
		expect(
			readContract(contractOf(draft)).columns.find(({ name }) => name === rate.name)
		).toMatchObject({ min: -1.5, max: 1000.25 });
	});

	it('keeps what a type has no use for, and does not send it', () => {
		const { draft } = make();
		const channel = columnOf(draft, 'canal_vente');
		const values = channel.allowed.length;
		channel.type = 'integer';
		expect(draftProblems(draft)).toEqual([]);
		channel.type = 'category';
		expect(readContract(contractOf(draft))).toEqual(SALES_CONTRACT);
		expect(channel.allowed).toHaveLength(values);
	});

	it('what is removed stays at hand, and comes back where it was', () => {
		const { draft } = make();
		const time = columnOf(draft, 'heure');
		time.removed = true;
		const sent = readContract(contractOf(draft));
		expect(sent.columns.map(({ name }) => name)).not.toContain('heure');
		expect(contractChange(SALES_CONTRACT, sent).breaking).toEqual([
			{ code: 'column_removed', column: 'heure' }
		]);
		time.removed = false;
		expect(readContract(contractOf(draft))).toEqual(SALES_CONTRACT);
	});

	it('moves past what is removed, and not past an end', () => {
		const { draft } = make();
		const [first, second, third] = draft.columns.map(({ id }) => id) as [number, number, number];
		const second_ = draft.columns[1];
		if (second_) second_.removed = true;
		expect(moveColumn(draft, first, -1)).toBe(false);
		expect(moveColumn(draft, first, 1)).toBe(true);
		expect(
			standingColumns(draft)
				.slice(0, 2)
				.map(({ id }) => id)
		).toEqual([third, first]);
		expect(draft.columns.map(({ id }) => id).slice(0, 3)).toEqual([second, third, first]);
		const last = draft.columns.at(-1)?.id ?? 0;
		expect(moveColumn(draft, last, 1)).toBe(false);
		expect(moveColumn(draft, 999, 1)).toBe(false);
	});

	it('another order of its columns asks nothing of the parts', () => {
		const { draft } = make();
		moveColumn(draft, draft.columns[0]?.id ?? 0, 1);
		draft.columns.reverse();
		expect(contractChange(SALES_CONTRACT, readContract(contractOf(draft)))).toEqual({
			same: false,
			breaking: []
		});
	});
});
