import dataClassTable from '../codes/data-classes.v1.json' with { type: 'json' };
import faultTable from '../codes/faults.v1.json' with { type: 'json' };
import problemTable from '../codes/problems.v1.json' with { type: 'json' };
import refusalTable from '../codes/refusals.v1.json' with { type: 'json' };

export type ProblemCode = keyof typeof problemTable;
export type FaultCode = keyof typeof faultTable;
export type RefusalCode = keyof typeof refusalTable;
export type DataClass = keyof typeof dataClassTable;

/** How the guard treats strings of a class. */
export type GuardRule = 'typed' | 'exempt' | 'freeText';

/** HTTP status and fixed title of every problem. */
export const problems: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> =
  problemTable;

/** What each fault means, in English. */
export const faultMeanings: Readonly<Record<FaultCode, string>> = faultTable;

/** What each refusal in a delivery receipt means, in English. */
export const refusalMeanings: Readonly<Record<RefusalCode, string>> = refusalTable;

/** What may be done with members of each data class. */
export const dataClasses: Readonly<
  Record<DataClass, { readonly personal: boolean; readonly loggable: boolean; readonly guard: string }>
> = dataClassTable;
