/**
 * `npm run fuzz -- import [--count 1000] [--seed N]`: reads damaged files of each format, then those that are made to
 * take all the memory or all the time, and says what each took. The exit code is 1 when one of them took more than it
 * may, or ended with an error that nobody foresaw.
 */
import { parseArgs } from 'node:util';
import { BOMBS } from './bombs.ts';
import { mutantOf } from './mutants.ts';
import { MOST_MEGABYTES, MOST_MS, Reader, type Reading } from './run-reading.ts';
import { FORMATS, makeSamples } from './samples.ts';
import { VAST_TABLES } from './vast-tables.ts';

const { values } = parseArgs({
	allowPositionals: true,
	options: {
		count: { type: 'string', default: '1000' },
		seed: { type: 'string', default: '1' },
		bombs: { type: 'boolean', default: true }
	},
	allowNegative: true
});
const count = Math.ceil(Number(values.count) / FORMATS.length);
const first = Number(values.seed);

const breaks = ({ outcome, cpuMs, megabytes }: Reading): boolean =>
	outcome.startsWith('broken') || !(cpuMs <= MOST_MS) || !(megabytes <= MOST_MEGABYTES);
const figures = ({ cpuMs, ms, megabytes }: Reading): string =>
	`${Math.round(cpuMs)} ms of the processor, ${Math.round(ms)} ms, ${Math.round(megabytes)} MB`;
let breaches = 0;

const samples = await makeSamples();
const reader = new Reader();
try {
	for (const format of FORMATS) {
		await reader.restart();
		const outcomes = new Map<string, number>();
		let cpu = 0;
		let memory = 0;
		for (let seed = first; seed < first + count; seed++) {
			const { file, bytes } = mutantOf(samples[format], seed);
			const reading = await reader.read(bytes, file);
			outcomes.set(reading.outcome, (outcomes.get(reading.outcome) ?? 0) + 1);
			cpu = Math.max(cpu, reading.cpuMs);
			memory = Math.max(memory, reading.megabytes);
			if (!breaks(reading)) continue;
			breaches++;
			console.log(`✗ ${format}, seed ${seed}: ${figures(reading)} ${reading.outcome}`);
		}
		const told = [...outcomes]
			.sort((a, b) => b[1] - a[1])
			.map(([outcome, n]) => `${outcome.split('\n')[0]} ${n}`);
		console.log(
			`${format}: ${count} files, at most ${Math.round(cpu)} ms of the processor and ${Math.round(memory)} MB: ${told.join(', ')}`
		);
	}
	for (const bomb of values.bombs ? [...BOMBS, ...VAST_TABLES] : []) {
		// One that read another file before would have memory to reuse.
		await reader.restart();
		const reading = await reader.read(bomb.make(), bomb.file);
		if (breaks(reading)) breaches++;
		console.log(
			`${breaks(reading) ? '✗' : '✓'} ${bomb.name} (${reading.fileMegabytes.toFixed(1)} MB): ${figures(reading)}: ${reading.outcome}`
		);
	}
} finally {
	await reader.close();
}
console.log(breaches === 0 ? 'nothing broke' : `${breaches} broke`);
process.exitCode = breaches === 0 ? 0 : 1;
