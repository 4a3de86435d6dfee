import { AppError } from '../../core/errors.ts';

/** A step that cannot be run. `details.step` is its number, from 1; `at` its place in the list. */
export class StepError extends AppError {
	override readonly name = 'StepError';
	readonly at: number;
	constructor(code: string, details: Record<string, string | number>, at: number) {
		super(code, { ...details, step: at + 1 });
		this.at = at;
	}
}

/** What a step threw, with its place. What is no error of ours comes from the values it met. */
export function stepError(error: unknown, at: number): StepError {
	if (error instanceof StepError) return error;
	if (error instanceof AppError) return new StepError(error.code, { ...error.details }, at);
	const failed = new StepError('step_failed', {}, at);
	failed.cause = error;
	return failed;
}
