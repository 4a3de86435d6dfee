/**
 * What the contribution page and the pool worker say to each other. The contributor's table stays in the worker: the
 * page sees names, some values, counts, and what does not meet the contract.
 */
import type { Contract } from '../pool/contract.ts';
import type { PoolMapping } from '../pool/mapping.ts';
import type { MappingSuggestion, SourceColumn } from '../pool/suggest-mapping.ts';
import type { ValueSuggestion } from '../pool/suggest-values.ts';

/** In the order in which the worker numbers them; each is a message `pool_problem_<code>`. */
export const PROBLEM_CODES = [
	'wrong_type',
	'required_missing',
	'not_allowed',
	'out_of_range',
	'out_of_period',
	'key_duplicated'
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface PoolProblem {
	/** 1-based row of the contributor's table. */
	readonly row: number;
	/** Of the contract. */
	readonly column: string;
	readonly code: ProblemCode;
	/** The contributor's cell, at most 100 characters; '' where nothing is there. */
	readonly text: string;
}

/** How the problems read in the file that a person downloads. */
export interface ProblemWords {
	readonly header: readonly [row: string, column: string, problem: string, text: string];
	readonly codes: Readonly<Record<ProblemCode, string>>;
}

/** Beside each other: a cell as it stood, and as the pool will hold it. */
export interface CellPair {
	readonly before: string;
	readonly after: string;
}

/** What the mapping makes of the table. */
export interface PoolCheck {
	readonly rows: number;
	readonly period: string;
	readonly periods: readonly { readonly period: string; readonly rows: number }[];
	/** Rows of other periods. */
	readonly elsewhere: number;
	/** Rows that have a problem, and how many problems there are. */
	readonly flaggedRows: number;
	readonly problemCount: number;
	readonly codes: readonly (readonly [ProblemCode, number])[];
	/** Of each column of the contract, in its order. */
	readonly columns: readonly {
		readonly problems: number;
		readonly missing: number;
		readonly pairs: readonly CellPair[];
		/** Of the contributor's texts, where the contract says which values are allowed. */
		readonly values: readonly ValueSuggestion[];
	}[];
	/** The first ones. */
	readonly problems: readonly PoolProblem[];
}

export type PoolRequest =
	/** `bytes` are transferred. */
	| { type: 'open'; bytes: ArrayBuffer; contract: Contract }
	/** A later one replaces it. */
	| { type: 'apply'; id: number; mapping: PoolMapping; period: string | null }
	| { type: 'problems'; id: number; words: ProblemWords }
	/** The rows without a problem, of the period last applied. */
	| { type: 'encode'; id: number };

export type PoolAnswer =
	| {
			type: 'opened';
			rows: number;
			columns: readonly SourceColumn[];
			suggestions: readonly MappingSuggestion[];
	  }
	| { type: 'applied'; id: number; check: PoolCheck }
	| { type: 'problems'; id: number; csv: string }
	| { type: 'encoded'; id: number; bytes: ArrayBuffer; rows: number; period: string }
	| {
			type: 'failed';
			id: number | null;
			code: string;
			details: Readonly<Record<string, string | number>>;
	  };
