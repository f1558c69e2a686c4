import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveAtlassianBase } from '../../src/http/atlassian-connect.ts';
import { announcedWait, longestWait, shortestWait } from '../../src/http/rate-limits.ts';
import { serviceReason } from '../../src/http/service-message.ts';

const headerValue = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

describe('whatever a service sends', () => {
  it('an announced wait is between the least and the most', () => {
    fc.assert(
      fc.property(headerValue, headerValue, fc.nat(4e12), (retryAfter, reset, now) => {
        const wait = announcedWait({ 'retry-after': retryAfter, 'x-ratelimit-reset': reset }, now);
        if (wait === undefined) return;
        expect(wait).toBeGreaterThanOrEqual(shortestWait);
        expect(wait).toBeLessThanOrEqual(longestWait);
      }),
    );
  });

  it('a reason is one short line, or none', () => {
    const body = fc.oneof(
      fc.json(),
      fc
        .record(
          {
            errorMessages: fc.jsonValue(),
            message: fc.jsonValue(),
            errors: fc.oneof(
              fc.jsonValue(),
              fc.array(fc.record({ title: fc.string(), detail: fc.string() })),
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      fc.string(),
    );
    fc.assert(
      fc.property(body, (text) => {
        const reason = serviceReason(text);
        if (reason === undefined) return;
        expect([...reason].length).toBeLessThanOrEqual(300);
        expect(reason).not.toMatch(/[\r\n\t]/);
        expect(reason.trim()).toBe(reason);
      }),
    );
  });
});

describe('whatever address people paste', () => {
  it('resolving it twice is resolving it once', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.boolean(),
        (url, wiki) => {
          const base = resolveAtlassianBase(wiki ? `${new URL(url).origin}/wiki/x` : url);
          expect(resolveAtlassianBase(base)).toBe(base);
          expect(base).not.toMatch(/[/?#]$/);
        },
      ),
    );
  });
});
