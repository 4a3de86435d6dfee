/**
 * The pool worker: trusted, of the page's own origin, without the network. It holds the contributor's table and what
 * the mapping makes of it; the page asks for counts, some cells, and the bytes to contribute.
 */
import { AppError } from '../../core/errors.ts';
import type { Contract } from '../../core/pool/contract.ts';
import { suggestMapping } from '../../core/pool/suggest-mapping.ts';
import { suggestValues } from '../../core/pool/suggest-values.ts';
import type { CellPair, PoolAnswer, PoolCheck, PoolRequest } from '../../core/protocol/pool.ts';
import { encodeTable } from '../arrow.ts';
import { checkArrow } from '../check-arrow.ts';
import { cellReader, type Column } from '../column.ts';
import { applyForPeriod, withoutProblems, type PeriodMapping } from './apply-mapping.ts';
import { cellAsText } from '../merge/cell-text.ts';
import { LISTED_PROBLEMS, problemsCsv } from './problems.ts';
import { distinctTexts, readsAs, sourceColumns } from './source-columns.ts';

/** Cells shown beside each other, and rows looked at to find as many that differ. */
const PAIRS = 4;
const PAIR_ROWS = 2_000;
/** Texts of a column that are matched with the allowed values. */
const VALUES = 500;

const answer = (message: PoolAnswer, transfer: Transferable[] = []): void =>
	postMessage(message, { transfer });

let table: { readonly columns: readonly Column[]; readonly contract: Contract } | null = null;
let applied: PeriodMapping | null = null;

addEventListener('message', ({ data }: MessageEvent<PoolRequest>) => {
	try {
		handle(data);
	} catch (error) {
		const known = error instanceof AppError;
		// A RangeError here is memory that the browser would not give.
		const code = known ? error.code : error instanceof RangeError ? 'table_memory' : 'unexpected';
		const id = 'id' in data ? data.id : null;
		answer({ type: 'failed', id, code, details: known ? error.details : {} });
	}
});

function handle(request: PoolRequest): void {
	if (request.type === 'open') {
		const { contract } = request;
		const columns = checkArrow(new Uint8Array(request.bytes));
		table = { columns, contract };
		applied = null;
		const sources = sourceColumns(columns);
		return answer({
			type: 'opened',
			rows: columns[0]?.length ?? 0,
			columns: sources,
			suggestions: suggestMapping(sources, contract, readsAs)
		});
	}
	if (!table) throw new AppError('unexpected');
	const { columns, contract } = table;
	const names = contract.columns.map(({ name }) => name);
	const { id } = request;
	if (request.type === 'apply') {
		applied = applyForPeriod(columns, request.mapping, contract, request.period);
		return answer({ type: 'applied', id, check: checkOf(applied, contract, names) });
	}
	if (!applied) throw new AppError('unexpected');
	if (request.type === 'problems') {
		const problems = applied.problems.list(names, applied.sources);
		return answer({ type: 'problems', id, csv: problemsCsv(problems, request.words) });
	}
	const kept = withoutProblems(applied);
	const { buffer } = encodeTable(kept);
	const rows = kept[0]?.length ?? 0;
	answer({ type: 'encoded', id, bytes: buffer, rows, period: applied.period }, [buffer]);
}

function checkOf(made: PeriodMapping, contract: Contract, names: readonly string[]): PoolCheck {
	const { problems, rows, period, periods, elsewhere, sources } = made;
	const counts = problems.counts(names.length);
	return {
		...{ rows, period, periods, elsewhere },
		flaggedRows: problems.flaggedRows,
		problemCount: problems.size,
		codes: counts.codes,
		columns: contract.columns.map(({ allowed }, i) => {
			const source = sources[i];
			return {
				problems: counts.columns[i] ?? 0,
				missing: made.columns[i]?.missing ?? 0,
				pairs: pairsOf(source ?? null, made.columns[i]),
				values:
					allowed && source?.type === 'text'
						? suggestValues(distinctTexts(source, VALUES), allowed)
						: []
			};
		}),
		problems: problems.list(names, sources, LISTED_PROBLEMS)
	};
}

/** Cells that differ from one another, in order of rows. */
function pairsOf(source: Column | null, column: Column | undefined): CellPair[] {
	if (!source || !column) return [];
	const [before, after] = [cellReader(source), cellReader(column)];
	const found = new Map<string, string>();
	for (let row = 0; row < Math.min(PAIR_ROWS, source.length) && found.size < PAIRS; row++) {
		const cell = before(row);
		if (cell === null) continue;
		const text = cellAsText(source.type, cell).slice(0, 100);
		const made = after(row);
		if (!found.has(text))
			found.set(text, made === null ? '' : cellAsText(column.type, made).slice(0, 100));
	}
	return [...found].map(([text, made]) => ({ before: text, after: made }));
}
