/**
 * A table on its way into a pool: read in a worker, mapped by what is suggested and what the person corrects, checked
 * at each change, and sent once they say so.
 */
import { AppError } from '../core/errors.ts';
import type { Contract } from '../core/pool/contract.ts';
import type { ColumnMapping, UnitChange } from '../core/pool/mapping.ts';
import {
	decided,
	type MappingReason,
	type MappingSuggestion,
	type SourceColumn
} from '../core/pool/suggest-mapping.ts';
import type { PoolAnswer, PoolCheck, PoolRequest, ProblemWords } from '../core/protocol/pool.ts';
import { loadFile } from './dataset-files.ts';
import { uploadDataset } from './dataset-upload.ts';

export interface PoolWorker {
	post(request: PoolRequest, transfer?: Transferable[]): void;
	close(): void;
}
export type StartPoolWorker = (hear: (answer: PoolAnswer) => void, lost: () => void) => PoolWorker;

const startPoolWorker: StartPoolWorker = (hear, lost) => {
	const worker = new Worker(new URL('../tables/pool/pool-worker.ts', import.meta.url), {
		type: 'module',
		name: 'pool'
	});
	worker.onmessage = ({ data }: MessageEvent<PoolAnswer>) => hear(data);
	worker.onerror = worker.onmessageerror = () => lost();
	return {
		post: (request, transfer = []) => worker.postMessage(request, transfer),
		close() {
			worker.onmessage = worker.onerror = worker.onmessageerror = null;
			worker.terminate();
		}
	};
};

interface Parts {
	readonly startWorker: StartPoolWorker;
	readonly load: typeof loadFile;
	readonly upload: typeof uploadDataset;
}

export class PoolSession {
	stage = $state<'idle' | 'loading' | 'checking' | 'ready' | 'sending'>('idle');
	error = $state.raw<AppError | null>(null);
	columns = $state.raw<readonly SourceColumn[]>([]);
	suggestions = $state.raw<readonly MappingSuggestion[]>([]);
	/** One a column of the contract, in its order. */
	mapping = $state.raw<readonly ColumnMapping[]>([]);
	/** What the mapping makes of the table; the last that is known while another is on its way. */
	check = $state.raw<PoolCheck | null>(null);

	readonly #contract: Contract;
	readonly #parts: Parts;
	#worker: PoolWorker | null = null;
	#period: string | null = null;
	#turn = 0;
	#id = 0;
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the page depends on it
	readonly #waiting = new Map<
		number,
		{ readonly resolve: (answer: PoolAnswer) => void; readonly reject: (error: AppError) => void }
	>();
	/** The columns of which the source was just chosen: their values take what is suggested. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the page depends on it
	readonly #fresh = new Set<number>();

	/** @param parts for tests: the real ones otherwise */
	constructor(contract: Contract, parts: Partial<Parts> = {}) {
		this.#contract = contract;
		this.#parts = { startWorker: startPoolWorker, load: loadFile, upload: uploadDataset, ...parts };
	}

	/** @param name `slug@version.arrow` */
	async open(name: string): Promise<void> {
		this.close();
		const mine = ++this.#turn;
		this.error = null;
		this.check = null;
		this.columns = [];
		this.mapping = [];
		this.#period = null;
		this.stage = 'loading';
		try {
			const { bytes } = await this.#parts.load(name);
			if (mine !== this.#turn) return;
			this.#worker = this.#parts.startWorker(
				(answer) => this.#hear(answer),
				() => this.#fail(new AppError('table_memory'))
			);
			// A plain copy: what a page holds may be a proxy, which no worker can be sent.
			const contract = JSON.parse(JSON.stringify(this.#contract)) as Contract;
			this.#worker.post({ type: 'open', bytes, contract }, [bytes]);
		} catch (cause) {
			if (mine === this.#turn)
				this.#fail(cause instanceof AppError ? cause : new AppError('unexpected'));
		}
	}

	/** What speaks for the column as it is mapped; nothing once the person chose another. */
	reasonsOf(index: number): readonly MappingReason[] {
		const suggestion = this.suggestions[index];
		return suggestion && suggestion.mapping.source === this.mapping[index]?.source
			? suggestion.reasons
			: [];
	}

	/** @param source null: none of them */
	setSource(index: number, source: number | null): void {
		this.#fresh.add(index);
		const suggested = this.suggestions[index]?.mapping;
		this.#change(index, {
			source,
			constant: null,
			unit: suggested?.source === source ? suggested.unit : 'none',
			values: []
		});
	}

	/** The same text for every row; '' for none. */
	setConstant(index: number, text: string): void {
		this.#change(index, { source: null, constant: text.trim() === '' ? null : text, values: [] });
	}

	setUnit(index: number, unit: UnitChange): void {
		this.#change(index, { unit });
	}

	/** @param to an allowed value, null to leave such cells empty, undefined to leave them as they are */
	setValue(index: number, from: string, to: string | null | undefined): void {
		const others = (this.mapping[index]?.values ?? []).filter(([text]) => text !== from);
		this.#change(index, { values: to === undefined ? others : [...others, [from, to]] });
	}

	setPeriod(period: string): void {
		this.#period = period;
		this.#apply();
	}

	async problems(words: ProblemWords): Promise<string> {
		const answer = await this.#ask((id) => ({ type: 'problems', id, words }));
		return answer.type === 'problems' ? answer.csv : '';
	}

	/** Sends the rows without a problem; answers the version of the pool that they make. */
	async send(
		poolId: string,
		said: {
			readonly organisationId: string;
			readonly contractVersion: number;
			readonly accepted: boolean;
		}
	): Promise<number> {
		this.stage = 'sending';
		try {
			const encoded = await this.#ask((id) => ({ type: 'encode', id }));
			if (encoded.type !== 'encoded') throw new AppError('unexpected');
			const { version } = await this.#parts.upload(
				`/api/pools/${encodeURIComponent(poolId)}/parts`,
				{ ...said, period: encoded.period },
				encoded.bytes,
				{ signal: new AbortController().signal, progress: () => undefined }
			);
			return version;
		} finally {
			this.stage = 'ready';
		}
	}

	close(): void {
		this.#turn++;
		this.#worker?.close();
		this.#worker = null;
		this.#reject(new AppError('import_stopped'));
	}

	#change(index: number, change: Partial<ColumnMapping>): void {
		this.mapping = this.mapping.map((each, i) => (i === index ? { ...each, ...change } : each));
		this.#apply();
	}

	#apply(): void {
		if (!this.#worker) return;
		this.stage = 'checking';
		const mapping = this.mapping;
		const mine = this.#id + 1;
		this.#ask((id) => ({ type: 'apply', id, mapping, period: this.#period }))
			.then((answer) => {
				// A later change has its own answer on the way.
				if (answer.type !== 'applied' || mine !== this.#latest) return;
				this.check = answer.check;
				this.stage = 'ready';
				this.#takeValues(answer.check);
			})
			.catch((cause: unknown) => {
				if (cause instanceof AppError && cause.code !== 'import_stopped') this.#fail(cause);
			});
		this.#latest = mine;
	}
	#latest = 0;

	#takeValues(check: PoolCheck): void {
		let changed = false;
		this.mapping = this.mapping.map((each, i) => {
			if (!this.#fresh.delete(i)) return each;
			const values = decided(check.columns[i]?.values ?? []);
			changed ||= values.length > 0;
			return values.length ? { ...each, values } : each;
		});
		if (changed) this.#apply();
	}

	#ask(request: (id: number) => PoolRequest): Promise<PoolAnswer> {
		return new Promise((resolve, reject) => {
			if (!this.#worker) return reject(this.error ?? new AppError('import_stopped'));
			const id = ++this.#id;
			this.#waiting.set(id, { resolve, reject });
			this.#worker.post(request(id));
		});
	}

	#hear(answer: PoolAnswer): void {
		if (answer.type === 'opened') {
			this.columns = answer.columns;
			this.suggestions = answer.suggestions;
			this.mapping = answer.suggestions.map(({ mapping }) => mapping);
			this.mapping.forEach((_, i) => this.#fresh.add(i));
			this.#apply();
			return;
		}
		const waiting = answer.id === null ? undefined : this.#waiting.get(answer.id);
		if (answer.id !== null) this.#waiting.delete(answer.id);
		if (answer.type !== 'failed') waiting?.resolve(answer);
		else {
			const error = new AppError(answer.code, { ...answer.details });
			if (waiting) waiting.reject(error);
			else this.#fail(error);
		}
	}

	#fail(error: AppError): void {
		this.error = error;
		this.stage = 'idle';
		this.#worker?.close();
		this.#worker = null;
		this.#reject(error);
	}

	#reject(error: AppError): void {
		for (const { reject } of this.#waiting.values()) reject(error);
		this.#waiting.clear();
	}
}
