import { Injectable } from '@nestjs/common';
import type { Schedule } from '../../forecasting';
import type { Context } from '../../platform/context';
import { Texts } from '../../platform/i18n';
import { type GoldenFailure, type PackFault, type PackReading, placeIn } from '../country-pack';
import { CountryPackFault, CountryPackRefused } from '../country-pack.graphql';
import type { GoldenOutcome, PackLint } from './pack-findings';
import { CountryPackGoldenCase, CountryPackLintFinding } from './findings.graphql';

/** Says faults and findings in the caller's language. */
@Injectable()
export class FaultWords {
  constructor(private readonly texts: Texts) {}

  /** `schedule`: what the faults' places are read in, where it is known. */
  refused(ctx: Context, { faults = [], more = 0 }: FaultyReading, schedule?: Schedule): CountryPackRefused {
    return this.refusal(
      ctx,
      faults.map(fault => this.fault(ctx, fault, schedule)),
      more,
    );
  }

  /** A pack that reads well, and what is wrong with it all the same. */
  obstructed(ctx: Context, found: { lint: PackLint[]; golden: GoldenOutcome[] }): CountryPackRefused {
    const lint = found.lint.map(({ code, path, params, ...place }) =>
      this.of(ctx, { ...place, file: 'schedule.json', path, code: 'schedule-lint' }, [
        code,
        ...Object.values(params),
      ]),
    );
    const golden = found.golden
      .flatMap(({ differences }) => differences)
      .map(({ name, group, property, expected, found: got }) =>
        this.of(ctx, { file: 'golden.json', path: `${name}.${group}.${property}`, code: 'golden-case' }, [
          `${expected} ≠ ${got}`,
        ]),
      );
    return this.refusal(ctx, [...lint, ...golden]);
  }

  wrongCountry(ctx: Context, country: string): CountryPackRefused {
    const fault = { file: 'pack.json', path: 'country', code: 'country-mismatch' };
    return this.refusal(ctx, [this.of(ctx, fault, [country])]);
  }

  lint(ctx: Context, { params, ...finding }: PackLint): CountryPackLintFinding {
    const reason = this.reason(ctx, 'schedule-lint', [finding.code, ...Object.values(params)]);
    return Object.assign(new CountryPackLintFinding(), { ...finding, reason });
  }

  golden({ name, differences }: GoldenOutcome): CountryPackGoldenCase {
    return Object.assign(new CountryPackGoldenCase(), {
      name,
      passed: differences.length === 0,
      differences: differences.map(({ group, property, expected, found }: GoldenFailure) => ({
        group,
        property,
        expected,
        got: found === '' ? null : found,
      })),
    });
  }

  private refusal(ctx: Context, faults: CountryPackFault[], more = 0): CountryPackRefused {
    const message = this.texts.say(ctx, 'programmes.packRefused', { count: faults.length + more });
    return Object.assign(new CountryPackRefused(), { message, faults, more });
  }

  private fault(ctx: Context, fault: PackFault, schedule?: Schedule): CountryPackFault {
    const { params, ...rest } = fault;
    const place = fault.file === 'schedule.json' ? placeIn(schedule, fault.path) : {};
    return this.of(ctx, { ...place, ...rest }, Object.values(params));
  }

  private of(
    ctx: Context,
    fault: Partial<CountryPackFault> & { code: string },
    facts: readonly (string | number)[],
  ): CountryPackFault {
    const reason = this.reason(ctx, fault.code, facts);
    return Object.assign(new CountryPackFault(), { line: 1, column: 1, ...fault, reason });
  }

  private reason(ctx: Context, code: string, facts: readonly (string | number)[]): string {
    const reason = this.texts.say(ctx, `country-packs.${code}`);
    return facts.length > 0 ? `${reason}: ${facts.join(', ')}` : reason;
  }
}

type FaultyReading = Pick<PackReading & { faults?: readonly PackFault[]; more?: number }, 'faults' | 'more'>;
