/**
 * The demo's published report is what its notebook says: the committed content is made again and compared.
 * `npm run demo:report` writes it anew.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { numberText } from '../../src/lib/core/report/cell-text.ts';
import type { ReportContent, ReportOutput } from '../../src/lib/core/report/report.ts';
import { makeDemoReport } from '../support/demo-report.ts';

describe.each(['fr', 'en'] as const)('%s', (lang) => {
	let content: ReportContent;
	beforeAll(async () => {
		content = await makeDemoReport(lang);
	}, 300_000);

	test('the committed content is what the notebook gives', async () => {
		await expect(`${JSON.stringify(content)}\n`).toMatchFileSnapshot(
			`../../src/lib/server/demo/report/${lang}.json`
		);
	});

	const picture = (cell: string): ReportOutput & { kind: 'picture' } => {
		const output = content.blocks.find((block) => block.cell === cell)?.outputs[0];
		if (output?.kind !== 'picture') throw new Error(`${cell} is no chart`);
		return output;
	};
	const per = (value: number): string =>
		`${numberText(Math.round(value), lang)}${lang === 'fr' ? '\u00a0' : ''}%`;

	test('the words that describe its charts give their figures', () => {
		const towns = picture('graphique-villes');
		for (const [occupation, town] of towns.data[0]?.rows ?? [])
			expect(towns.alt).toContain(`${String(town)} ${per(Number(occupation))}`);
		const months = picture('graphique-mois');
		const values = (months.data[0]?.rows ?? []).map((row) => Number(row[1]));
		expect(values.indexOf(Math.min(...values))).toBe(1);
		expect(values.indexOf(Math.max(...values))).toBe(10);
		const middle = values.slice(2, 10);
		for (const value of [
			values[0],
			values[1],
			Math.min(...middle),
			Math.max(...middle),
			values[10],
			values[11]
		])
			expect(months.alt).toContain(per(value ?? NaN));
		expect(content.summary).toContain(per(Math.min(...values)));
		expect(content.summary).toContain(per(Math.max(...values)));
	});
	test('it invites its readers to nothing that a report cannot do', () => {
		const text = content.blocks
			.flatMap((block) => block.outputs)
			.map((output) => (output.kind === 'text' ? output.markdown : ''))
			.join();
		expect(text).not.toMatch(/Créez votre version|Make your own version|ci-dessus|above/);
	});
});
