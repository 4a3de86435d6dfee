/** The short form of `npm run fuzz -- import`: hostile and damaged files are read or refused, in a sentence, within bounds. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOMBS } from './bombs.ts';
import { mutantOf } from './mutants.ts';
import { MOST_MEGABYTES, Reader, type Reading } from './run-reading.ts';
import { FORMATS, makeSamples, type Format, type Sample } from './samples.ts';
import { VAST_TABLES } from './vast-tables.ts';

const MUTANTS = 25;
/** Those whose reading is told by `npm run fuzz` alone: each takes seconds to make or to read. */
const LONG = new Set([
	'a zip of 60 000 files',
	'a gigabyte of lines in a zip that says ten bytes',
	'a hundred megabytes in one cell',
	'half a code unit of UTF-16, fifty megabytes on',
	'as much as a zip may become, of one line',
	'a header of two thousand columns, and a million lines of one cell',
	'an object of two thousand keys, and a million of one',
	'twenty-five thousand lines of two thousand empty cells',
	'one key five million times in an object',
	'a text of a hundred megabytes',
	'fifty megabytes of separators',
	'a quotation mark that a hundred megabytes do not close'
]);

const sentences = (['fr', 'en'] as const).map(
	(language) =>
		JSON.parse(readFileSync(`src/messages/errors.${language}.json`, 'utf8')) as Record<
			string,
			unknown
		>
);
const listed = readFileSync('src/lib/ui/error-text.ts', 'utf8');

/** A refusal is one that the page can say, in both languages; the time is no more than that it ended. */
function expectEnded({ outcome, megabytes }: Reading, what: string): void {
	expect(outcome, what).not.toMatch(/^broken/);
	expect(megabytes, what).toBeLessThanOrEqual(MOST_MEGABYTES);
	if (outcome === 'read') return;
	expect(listed, `${what}: ${outcome}`).toMatch(new RegExp(`^\\t${outcome}: `, 'm'));
	for (const texts of sentences)
		expect(texts[`error_${outcome}`], `${what}: ${outcome}`).toBeTruthy();
}

let reader: Reader;
let samples: Record<Format, readonly Sample[]>;
beforeAll(async () => {
	samples = await makeSamples();
	reader = new Reader(60_000);
});
afterAll(() => reader.close());

describe('a hostile file is read or refused', () => {
	for (const bomb of [...BOMBS, ...VAST_TABLES].filter(({ name }) => !LONG.has(name)))
		it(bomb.name, async () => expectEnded(await reader.read(bomb.make(), bomb.file), bomb.name));
});

describe('a damaged file is read or refused', () => {
	for (const format of FORMATS)
		it(format, async () => {
			for (let seed = 1; seed <= MUTANTS; seed++) {
				const { file, bytes } = mutantOf(samples[format], seed);
				expectEnded(await reader.read(bytes, file), `${format}, seed ${seed}`);
			}
		});
	it('and one that was not damaged is read', async () => {
		for (const { file, bytes } of Object.values(samples).flat())
			expect((await reader.read(bytes, file)).outcome, file).toBe('read');
	});
});
