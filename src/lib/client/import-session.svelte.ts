/**
 * A file that a person brings in, from the moment it is chosen to the moment its table is stored: what was
 * guessed, what was corrected, what is left to decide. Rows stay in the worker, and nothing leaves the machine before
 * `store`.
 */
import { columnNameProblem, type ColumnNameProblem } from '../core/dataset/column-name.ts';
import { makeRecipe, readRecipe, type ImportRecipe } from '../core/dataset/recipe.ts';
import type { JoinChoice } from '../core/dataset/refresh.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import { AppError } from '../core/errors.ts';
import type {
	ColumnChoice,
	ColumnReport,
	ImportAnswer,
	ImportChoices,
	ImportNotes,
	ImportPreview,
	ImportReport,
	ImportRequest,
	PersonalChoice,
	RepairWords
} from '../core/protocol/import.ts';
import { uploadDataset, type UploadDataset, type UploadedDataset } from './dataset-upload.ts';
import { startImportWorker, type ImportWorker, type StartImportWorker } from './import-worker.ts';

/** `stopped`: the file is there, its reading failed or was cancelled; another choice starts it again. */
export type ImportStage = 'empty' | 'loading' | 'reading' | 'ready' | 'stopped' | 'sending';

interface Encoded {
	readonly bytes: ArrayBuffer;
	readonly notes: ImportNotes;
}
/** A list of repairs as it is handed over. */
export interface Repairs {
	readonly file: Blob;
	readonly entries: number;
	/** There were more than the file lists. */
	readonly cut: boolean;
}
interface Waiting<T> {
	readonly resolve: (value: T) => void;
	readonly reject: (error: AppError) => void;
}

/** What a version before has to say of how a file is read and stored: see `RefreshSession`. */
export interface ImportGuide {
	/**
	 * A file was chosen: the choices that it is first read with.
	 * @param fresh the worker is new: it knows nothing
	 */
	begin(
		post: (request: ImportRequest, transfer?: Transferable[]) => void,
		fresh: boolean
	): ImportChoices;
	/** It is read anew: what was said of it no longer stands. */
	reading(): void;
	/** Its first rows were read: other choices to read it with at once, or null. */
	looked(report: ImportReport): ImportChoices | null;
	/** It could not be read: other choices to try, or null. */
	refused(): ImportChoices | null;
	/**
	 * It was read to its end.
	 * @param keyless names of columns whose pseudonyms wait for their key
	 */
	read(report: ImportReport, keyless: readonly string[]): void;
	/** @returns whether the answer was the guide's */
	hear(answer: ImportAnswer): boolean;
	/** How it joins the version before. @throws AppError while that is undecided */
	decide(): Promise<JoinChoice>;
	readonly of: { readonly number: number };
}
export interface ImportParts {
	/** Where the file becomes the next version of a dataset. */
	readonly guide?: ImportGuide | null;
	/** For tests: the real ones otherwise. */
	readonly startWorker?: StartImportWorker;
	readonly upload?: UploadDataset;
	/** Days since 1970-01-01 of today, at which ages are reckoned. */
	readonly today?: number;
	/** The language of what masks personal information, decided once for all versions of a dataset. */
	readonly masks?: Lang;
}

export class ImportSession {
	stage = $state<ImportStage>('empty');
	file = $state.raw<{ readonly name: string; readonly bytes: number } | null>(null);
	choices = $state.raw<ImportChoices>({});
	/** Of the first rows (`complete` is false), then of the whole file. */
	report = $state.raw<ImportReport | null>(null);
	preview = $state.raw<ImportPreview | null>(null);
	/** Between 0 and 1; null when it is not known. */
	progress = $state<number | null>(null);
	/** Rows read so far, and milliseconds left at that pace; null where they are not known. */
	pace = $state.raw<{ readonly rows: number | null; readonly left: number | null }>({
		rows: null,
		left: null
	});
	error = $state.raw<AppError | null>(null);
	/** Tells the key of pseudonyms that the worker holds from another; null while it holds none. */
	keyFingerprint = $state<string | null>(null);

	/** A column's values become pseudonyms: a key is needed before they can be stored. */
	readonly pseudonymised: boolean = $derived(this.#pseudonymised().length > 0);
	/** Columns with personal information that nothing was decided about. */
	readonly undecided: readonly ColumnReport[] = $derived.by(() =>
		(this.report?.columns ?? []).filter(
			(column) => column.personal.length > 0 && !decided(column, this.personalOf(column.index))
		)
	);
	/** What is wrong with the names of the columns kept, by position in the file. */
	readonly nameProblems: readonly (ColumnNameProblem | null)[] = $derived.by(() => {
		const names = (this.report?.columns ?? []).map(({ kept, name }) => (kept ? name : null));
		return names.map((_, index) => columnNameProblem(names, index));
	});

	readonly #guide: ImportGuide | null;
	readonly #startWorker: StartImportWorker;
	readonly #upload: UploadDataset;
	readonly #today: number | undefined;
	readonly #masks: Lang | undefined;
	#key: Uint8Array<ArrayBuffer> | null = null;
	#repairs: (Waiting<Repairs> & { readonly id: number }) | null = null;
	#worker: ImportWorker | null = null;
	/** The worker holds the file. */
	#opened = false;
	/** Of the latest `read`, `encode`: an answer to an earlier one says nothing any more. */
	#id = 0;
	#settled: Waiting<void>[] = [];
	#encoding: (Waiting<Encoded> & { readonly id: number }) | null = null;
	#sending: AbortController | null = null;
	/** What was asked to be stored, until it is sent: a choice made since takes it back. */
	#asking: AbortController | null = null;
	/** The columns will be others than those reported: what is undecided is not known before they are. */
	#redrawn = false;

	constructor({ startWorker, upload, today, masks, guide = null }: ImportParts = {}) {
		this.#masks = masks;
		this.#today = today;
		this.#guide = guide;
		this.#startWorker = startWorker ?? startImportWorker;
		this.#upload = upload ?? uploadDataset;
	}

	/** Takes a file in place of the one that was there, and begins to read it with every guess open. */
	open(file: File): void {
		this.#asking?.abort();
		this.#drop(new AppError('import_stopped'));
		const fresh = this.#worker === null;
		this.#worker ??= this.#startWorker(
			(answer) => this.#hear(answer),
			() => this.#lost()
		);
		if (this.#key) this.#giveKey();
		this.#opened = false;
		this.file = { name: file.name, bytes: file.size };
		this.choices =
			this.#guide?.begin((request, transfer) => this.#worker?.post(request, transfer), fresh) ?? {};
		this.report = null;
		this.preview = null;
		this.error = null;
		this.progress = null;
		this.stage = 'loading';
		this.#worker.post({ type: 'open', file });
	}

	/**
	 * Corrects guesses; the file is read again. Another separator, sheet or file makes other columns: what was said of
	 * them goes.
	 */
	choose(patch: ImportChoices): void {
		const others = ['separator', 'member', 'sheet', 'depth', 'headerRecords'];
		const redrawn = others.some((name) => name in patch);
		const columns = redrawn ? undefined : this.choices.columns;
		this.#redrawn ||= redrawn;
		this.choices = { ...this.choices, columns, ...patch };
		this.#asking?.abort();
		this.#read();
	}

	/** Reads the file again with these choices alone. */
	begin(choices: ImportChoices): void {
		this.#asking?.abort();
		this.#readWith(choices);
	}

	chooseColumn(index: number, patch: ColumnChoice): void {
		const columns = this.choices.columns ?? [];
		const length = Math.max(columns.length, index + 1);
		this.choose({
			columns: Array.from({ length }, (_, i) =>
				i === index ? { ...columns[i], ...patch } : (columns[i] ?? null)
			)
		});
	}

	personalOf(index: number): PersonalChoice | null {
		return this.choices.columns?.[index]?.personal ?? null;
	}

	/** Gives the worker the key of pseudonyms, or takes it back; what is shown is made anew with it. */
	useKey(key: Uint8Array<ArrayBuffer> | null): void {
		if (key === this.#key) return;
		this.#key = key;
		this.#giveKey();
		if (!this.pseudonymised) return;
		this.#asking?.abort();
		this.#read();
	}

	/**
	 * The whole list of what was repaired or dropped, as a CSV file made in the worker.
	 * @throws AppError `import_stopped`
	 */
	async repairs(words: RepairWords): Promise<Repairs> {
		await this.#rest();
		return new Promise((resolve, reject) => {
			const id = ++this.#id;
			this.#repairs = { id, resolve, reject };
			this.#worker?.post({ type: 'repairs', id, words });
		});
	}

	/** Stops what is under way: loading, reading or sending. */
	cancel(): void {
		if (this.stage === 'sending') {
			this.#sending?.abort();
			this.#encoding?.reject(new AppError('upload_cancelled'));
			return;
		}
		if (this.stage !== 'loading' && this.stage !== 'reading') return;
		this.#worker?.post({ type: 'cancel' });
		this.#fail(new AppError('import_stopped'));
	}

	/**
	 * Makes the table of what was read and sends it, with what is said of it: the only moment when something leaves.
	 * A choice made just before is read first; one made since is not what was agreed to, and nothing is sent.
	 * @param path where a new dataset, or a version of one, comes in
	 * @throws AppError: what is undecided, what the server refused, `upload_cancelled`, `offline`,
	 *   `import_choices_changed` where it was asked anew or chosen otherwise meanwhile
	 */
	async store(
		description: Readonly<Record<string, unknown>>,
		path = '/api/datasets'
	): Promise<UploadedDataset> {
		if (!this.#redrawn) this.#refuseUndecided();
		const sending = new AbortController();
		const stands = (): void => {
			if (sending.signal.aborted) throw new AppError('import_choices_changed');
		};
		this.#asking?.abort();
		this.#asking = sending;
		await this.#rest();
		stands();
		if (this.report?.rows === 0) throw new AppError('import_empty');
		this.#refuseUndecided();
		const problem = this.nameProblems.find((found) => found !== null);
		if (problem) throw new AppError(problem);
		const keyless = this.#key ? undefined : this.#pseudonymised()[0];
		if (keyless) throw new AppError('pseudonym_key_missing', { column: keyless.name });
		const join = (await this.#guide?.decide()) ?? null;
		stands();
		this.#asking = null;
		this.#sending = sending;
		this.stage = 'sending';
		this.progress = null;
		try {
			const { bytes, notes } = await this.#encode(join);
			const recipe = this.#recipe(join, notes);
			// What is joined to a version is so to the latest, or not at all.
			const after = join && join.mode !== 'replace' ? { after: this.#guide?.of.number } : {};
			return await this.#upload(path, { ...description, ...after, notes, recipe }, bytes, {
				signal: sending.signal,
				progress: (done, total) => (this.progress = total ? done / total : null)
			});
		} finally {
			// Another file may have been opened meanwhile.
			if (this.#sending === sending) {
				this.#sending = null;
				this.stage = 'ready';
				this.progress = null;
			}
		}
	}

	/** Ends the worker. */
	close(): void {
		this.#drop(new AppError('import_stopped'));
		this.#worker?.close();
		this.#worker = null;
		this.#opened = false;
		this.stage = 'empty';
	}

	#readWith(choices: ImportChoices): void {
		this.#redrawn = true;
		this.choices = choices;
		this.#read();
	}

	#read(): void {
		this.#drop(new AppError('import_stopped'), this.#settled);
		// While the file is loading, choices wait for it.
		if (!this.#opened) return;
		this.#guide?.reading();
		this.error = null;
		this.progress = null;
		this.stage = 'reading';
		// A plain copy: the worker takes no reactive object.
		const choices = structuredClone($state.snapshot(this.choices)) as ImportChoices;
		this.#worker?.post({
			type: 'read',
			id: ++this.#id,
			choices: {
				...choices,
				...(this.#today !== undefined && { today: this.#today }),
				...(this.#masks !== undefined && { masks: this.#masks })
			}
		});
	}

	/** @throws AppError `personal_undecided` */
	#refuseUndecided(): void {
		const column = this.undecided[0];
		if (column)
			throw new AppError('personal_undecided', { column: column.name, index: column.index });
	}

	#giveKey(): void {
		this.keyFingerprint = null;
		this.#worker?.post({ type: 'key', key: this.#key });
	}

	#pseudonymised(): ColumnReport[] {
		return (this.report?.columns ?? []).filter(
			({ index, personal }) =>
				personal.length > 0 && this.personalOf(index)?.action === 'pseudonymise'
		);
	}

	/** Resolves when the file has been read with the choices that stand; rejects if that failed. */
	#rest(): Promise<void> {
		if (this.stage === 'ready') return Promise.resolve();
		if (this.stage === 'loading' || this.stage === 'reading')
			return new Promise((resolve, reject) => this.#settled.push({ resolve, reject }));
		return Promise.reject(this.error ?? new AppError('import_stopped'));
	}

	#encode(join: JoinChoice | null): Promise<Encoded> {
		return new Promise((resolve, reject) => {
			const id = ++this.#id;
			this.#encoding = { id, resolve, reject };
			const joined = join && join.mode !== 'replace' ? { join } : {};
			this.#worker?.post({ type: 'encode', id, ...joined });
		});
	}

	/** What was decided, for the next export; null where that is more than a recipe holds. */
	#recipe(join: JoinChoice | null, notes: ImportNotes): ImportRecipe | null {
		const columns = this.report?.columns ?? [];
		const choices =
			this.#masks === undefined ? this.choices : { ...this.choices, masks: this.#masks };
		const { key, mode } = join ?? { key: null, mode: 'replace' as const };
		try {
			return readRecipe(makeRecipe(choices, columns, key, mode), notes);
		} catch {
			return null;
		}
	}

	#hear(answer: ImportAnswer): void {
		if (this.#guide?.hear(answer)) return;
		switch (answer.type) {
			case 'opened':
				if (this.stage !== 'loading') return;
				this.#opened = true;
				return this.#read();
			case 'progress':
				if (answer.stage === 'loading' ? this.stage === 'loading' : answer.id === this.#id) {
					this.progress = answer.total ? answer.done / answer.total : null;
					this.pace = { rows: answer.rows ?? null, left: answer.left ?? null };
				}
				return;
			case 'key':
				this.keyFingerprint = answer.fingerprint;
				return;
			case 'repairs':
				if (answer.id !== this.#repairs?.id) return;
				this.#repairs.resolve(answer);
				this.#repairs = null;
				return;
			case 'preview':
			case 'report':
				if (answer.id !== this.#id || this.stage !== 'reading') return;
				if (this.#guided(this.#guide?.looked(answer.report))) return;
				this.report = answer.report;
				this.preview = answer.preview;
				this.#redrawn = false;
				if (answer.type === 'preview') return;
				this.stage = 'ready';
				this.progress = null;
				this.#guide?.read(
					answer.report,
					this.#key ? [] : this.#pseudonymised().map(({ name }) => name)
				);
				for (const { resolve } of this.#settled.splice(0)) resolve();
				return;
			case 'encoded':
				if (answer.id !== this.#encoding?.id) return;
				this.#encoding.resolve(answer);
				this.#encoding = null;
				return;
			case 'failed': {
				const error = new AppError(answer.code, { ...answer.details });
				if (this.#repairs && answer.id === this.#repairs.id) {
					this.#repairs.reject(error);
					this.#repairs = null;
				} else if (this.#encoding && answer.id === this.#encoding.id) {
					this.#encoding.reject(error);
					this.#encoding = null;
				} else if (answer.id === null ? this.stage === 'loading' : answer.id === this.#id) {
					if (this.stage === 'reading' && this.#guided(this.#guide?.refused())) return;
					this.#fail(error);
				}
			}
		}
	}

	/** Reads again as the guide says, if it says anything. */
	#guided(choices: ImportChoices | null | undefined): boolean {
		if (!choices) return false;
		this.#readWith(choices);
		return true;
	}

	#fail(error: AppError): void {
		this.#id++;
		this.stage = this.#opened ? 'stopped' : 'empty';
		this.progress = null;
		this.error = error;
		for (const { reject } of this.#settled.splice(0)) reject(error);
	}

	/** The worker is gone, and the file with it. */
	#lost(): void {
		this.#worker?.close();
		this.#worker = null;
		this.#opened = false;
		const error = new AppError('table_memory');
		this.#drop(error);
		this.report = null;
		this.preview = null;
		this.#fail(error);
	}

	/** Those who wait for what will not come are told so; `except` go on waiting. */
	#drop(error: AppError, except?: Waiting<void>[]): void {
		this.#sending?.abort();
		this.#sending = null;
		this.#encoding?.reject(error);
		this.#encoding = null;
		this.#repairs?.reject(error);
		this.#repairs = null;
		if (!except) for (const { reject } of this.#settled.splice(0)) reject(error);
	}
}

/** Whether a choice answers everything that was found in the column. */
function decided(column: ColumnReport, choice: PersonalChoice | null): boolean {
	return (
		choice !== null &&
		column.personal.every(({ actions }) => actions.includes(choice.action)) &&
		(choice.action !== 'keep' || choice.reason.trim() !== '')
	);
}
