/**
 * `npm test`: every check of the product, each of them counted, even after a failure. Those that leave a processor
 * idle go at once, and what each of these says is printed whole when it ends.
 * The last line is `N passed, N failed`; the exit code is 0 only when nothing failed. A skipped test proves
 * nothing and counts as failed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureChromium, ensureShell } from './support/chromium.ts';

interface Count {
	passed: number;
	failed: number;
}
interface Stage {
	readonly name: string;
	/** Script of a package, and its arguments. */
	readonly script: string;
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** Counts of a stage made of tests, read from the file that its runner wrote. */
	readonly count?: () => Count;
}

const OUTPUT = join('tests', '.output');
const bin = (...path: string[]): string => join('node_modules', ...path);
const VITEST = bin('vitest', 'vitest.mjs');

const vitest = (name: string, ...folders: string[]): Stage => {
	const file = join(OUTPUT, `${name}.json`);
	return {
		name,
		script: VITEST,
		args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...folders],
		count: () => vitestCount(file)
	};
};

const PLAYWRIGHT_REPORT = join(OUTPUT, 'e2e.json');
/**
 * Waves, one after the other; the lists in a wave go at once, each in its order. The build writes what types and lint
 * read (the routes' types, Paraglide's runtime): it goes before them, beside what reads neither.
 */
const WAVES: readonly (readonly (readonly Stage[])[])[] = [
	[
		[
			{
				name: 'messages',
				script: bin('@inlang', 'paraglide-js', 'bin', 'run.js'),
				args: ['compile', '--project', './src/project.inlang', '--outdir', './src/lib/paraglide']
			},
			{ name: 'sync', script: bin('@sveltejs', 'kit', 'svelte-kit.js'), args: ['sync'] }
		]
	],
	[
		[{ name: 'build', script: join('src', 'build.ts'), args: [] }],
		[{ name: 'format', script: bin('prettier', 'bin', 'prettier.cjs'), args: ['--check', '.'] }]
	],
	[
		[{ name: 'lint', script: bin('eslint', 'bin', 'eslint.js'), args: ['.', '--max-warnings=0'] }],
		[
			{
				name: 'types',
				script: bin('svelte-check', 'bin', 'svelte-check'),
				args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings']
			},
			vitest('boundaries', 'tests/boundaries')
		]
	],
	// These take every processor by themselves.
	[[vitest('unit', 'src', 'tests/golden', 'tests/fuzz', 'tests/kill')]],
	[
		[
			{
				name: 'e2e',
				script: bin('@playwright', 'test', 'cli.js'),
				args: ['test', '-c', 'tests/playwright.config.ts', '--reporter=list,json'],
				env: { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT },
				count: () => playwrightCount(PLAYWRIGHT_REPORT)
			}
		]
	]
];

mkdirSync(OUTPUT, { recursive: true });
// A report left by an earlier run must not be read as this one's.
for (const stage of WAVES.flat(2)) rmSync(join(OUTPUT, `${stage.name}.json`), { force: true });

const total: Count = { passed: 0, failed: 0 };
const summary = new Map<Stage, string>();
for (const wave of WAVES) {
	const lists = availableParallelism() > 1 ? wave : [wave.flat()];
	await Promise.all(lists.map((stages) => inTurn(stages, lists.length > 1)));
}
const lines = WAVES.flat(2).map((stage) => summary.get(stage));
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param apart others go meanwhile: what a stage says waits until it ends */
async function inTurn(stages: readonly Stage[], apart: boolean): Promise<void> {
	for (const stage of stages) {
		const said: Buffer[] | null = apart ? [] : null;
		console.log(apart ? `\n… ${stage.name}` : `\n▸ ${stage.name}`);
		const started = performance.now();
		const count = await outcome(stage, said);
		const seconds = Math.round((performance.now() - started) / 1000);
		if (said) {
			console.log(`\n▸ ${stage.name}`);
			process.stdout.write(Buffer.concat(said));
		}
		total.passed += count.passed;
		total.failed += count.failed;
		summary.set(
			stage,
			`${count.failed === 0 ? '✓' : '✗'} ${stage.name.padEnd(10)} ${count.passed} passed, ${count.failed} failed (${seconds} s)`
		);
	}
}

/** A stage of tests counts its tests; any other counts as one. A runner that fails never counts as passed. */
async function outcome(stage: Stage, said: Buffer[] | null): Promise<Count> {
	try {
		// Before the tests that need it, so that its installation is not taken for their slowness.
		if (stage.name === 'e2e') console.log(`Chromium: ${ensureShell()}, ${ensureChromium()}`);
		const code = await run(stage, said);
		if (!stage.count) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
		const count = stage.count();
		return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return { passed: 0, failed: 1 };
	}
}

/** @param said takes what is printed, in its order; null prints it at once */
function run(stage: Stage, said: Buffer[] | null): Promise<number> {
	return new Promise((done, failed) => {
		const child = spawn(process.execPath, [stage.script, ...stage.args], {
			stdio: ['ignore', said ? 'pipe' : 'inherit', said ? 'pipe' : 'inherit'],
			env: { ...process.env, ...stage.env }
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (part: Buffer) => said?.push(part));
		child.once('error', failed);
		child.once('close', (code) => done(code ?? 1));
	});
}

function vitestCount(file: string): Count {
	const report = JSON.parse(readFileSync(file, 'utf8')) as {
		numPassedTests: number;
		numTotalTests: number;
		numFailedTestSuites: number;
	};
	const failed = report.numTotalTests - report.numPassedTests;
	// A file that cannot even be loaded holds no test that could fail.
	return {
		passed: report.numPassedTests,
		failed: failed > 0 ? failed : report.numFailedTestSuites
	};
}

function playwrightCount(file: string): Count {
	const { stats, errors } = JSON.parse(readFileSync(file, 'utf8')) as {
		stats: { expected: number; unexpected: number; flaky: number; skipped: number };
		errors: unknown[];
	};
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + stats.skipped + errors.length
	};
}
