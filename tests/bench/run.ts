/**
 * `npm run bench -- NAME [--quick] [--json] [--modules]`: measures beside a peer and prints a table, or one line of
 * JSON per figure; `--modules` lists on the error output what weighs most in the scripts that boot weighs. A benchmark
 * is no test: whatever the times, it exits 0; it exits 1 when results differ, when a peer did not run, or when a figure
 * is missing.
 */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { BenchError, type BenchOptions, type Figure } from './figure.ts';
import { installPeers } from './peers.ts';

interface Bench {
	/** The figures that it owes. */
	readonly figures: readonly string[];
	readonly measure: (options: BenchOptions) => Promise<readonly Figure[]>;
}
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
	boot: () => import('./boot.ts'),
	collab: () => import('./collab.ts'),
	csv: () => import('./csv.ts'),
	engine: () => import('./engine.ts'),
	grid: () => import('./grid.ts'),
	parquet: () => import('./parquet.ts'),
	transforms: () => import('./transforms.ts'),
	xlsx: () => import('./xlsx.ts')
};

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const names = args.filter((arg) => !arg.startsWith('--'));
const load = BENCHES[names[0] ?? ''];
const unknown = flags.find((flag) => !['--quick', '--json', '--modules'].includes(flag));
if (!load || names.length !== 1 || unknown) {
	console.error(
		`Usage: npm run bench -- NAME [--quick] [--json] [--modules]\nNAME: ${Object.keys(BENCHES).join(', ')}`
	);
	process.exit(1);
}

try {
	installPeers();
	const bench = await load();
	const figures = await bench.measure({
		quick: flags.includes('--quick'),
		modules: flags.includes('--modules')
	});
	const missing = bench.figures.filter((name) => !figures.some(({ figure }) => figure === name));
	if (missing.length > 0) throw new BenchError(`missing: ${missing.join(', ')}`);
	print(figures);
	process.exit(0);
} catch (error) {
	console.error(error instanceof BenchError ? error.message : error);
	process.exit(1);
}

function print(figures: readonly Figure[]): void {
	if (flags.includes('--json')) {
		for (const { spread: _, ...figure } of figures) console.log(JSON.stringify(figure));
		return;
	}
	const [cpu] = cpus();
	console.log(
		`${new Date().toISOString().slice(0, 10)} · ${cpu?.model ?? 'unknown processor'} · ${availableParallelism()} cores · ${Math.round(totalmem() / 2 ** 30)} GiB · Node ${process.versions.node}${flags.includes('--quick') ? ' · --quick: these figures only say that the bench works' : ''}\n`
	);
	const rows = figures.map(({ figure, ours, theirs, unit, ratio, beside, bar, holds, spread }) => [
		figure,
		`${round(ours)} ${unit}`,
		span(spread.slice(0, 2)),
		beside ?? '–',
		theirs === null ? '–' : `${round(theirs)} ${unit}`,
		theirs === null ? '–' : span(spread.slice(2)),
		ratio === null ? '–' : `${round(ratio)}×`,
		bar.replace('<=', '≤ ').replace('>=', '≥ ') || '–',
		bar === '' ? '–' : holds ? 'yes' : 'no'
	]);
	const head = [
		'figure',
		'ours',
		'min–max',
		'beside',
		'theirs',
		'min–max',
		'ratio',
		'bar',
		'holds'
	];
	const widths = head.map((title, i) =>
		Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length))
	);
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
	console.log(
		[line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
	);
}

function round(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
function span(values: readonly number[]): string {
	return values.map(round).join('–');
}
