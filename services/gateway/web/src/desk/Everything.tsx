// « Que voulez-vous faire ? »: a search over all that the account may do, and every list that it may read, by area.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { Panel } from '../components/Panel.tsx';
import { plural } from '../format.ts';
import { hrefOf, useDesk } from '../hooks.ts';
import { pagesOf, viewsOf } from '../roles.ts';
import type { Role } from '../types.ts';
import { matchesWords } from '../words.ts';
import { FoundThings } from './FoundThings.tsx';
import { onSought, takeGiven } from './finding.ts';
import { actTitle, commands, mayAsk } from './methods.ts';
import { listsOf, waysTo } from './reach.ts';

interface Found {
  title: string;
  ways: { href: string; where: string }[];
}

export function actionsOf(role: Role): Found[] {
  const pages = pagesOf(role).map((v) => v.path);
  const labels = new Map(pagesOf(role).map((v) => [v.path, v.label]));
  return commands()
    .filter((method) => mayAsk(role, method))
    .map((method) => ({
      title: actTitle(method),
      ways: waysTo(role, method, pages).map((way) => ({
        ...way,
        where: way.where || (labels.get(way.href.split('/')[1] ?? '') ?? ''),
      })),
    }))
    .filter(({ ways }) => ways.length > 0)
    .sort((a, b) => a.title.localeCompare(b.title, 'fr'));
}

function Actions({ found }: { found: Found[] }): JSX.Element {
  return (
    <ul class="operations">
      {found.map(({ title, ways }) => (
        <li key={title}>
          <a href={ways[0]!.href}>{title}</a>
          <span class="sub">
            {ways[0]!.where}
            {ways.slice(1).map((way) => (
              <span key={way.href}>
                {' ; '}
                <a href={way.href} aria-label={`${title} : ${way.where}`}>
                  {way.where}
                </a>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

// What was found is gone through by the arrows too.
function step(event: KeyboardEvent, by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('.operations > li > a:first-child')].filter((a) => a.offsetParent);
  const to = links[links.indexOf(document.activeElement as HTMLElement) + by] ?? (by < 0 ? document.getElementById('finder') : null);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function arrows(event: KeyboardEvent): void {
  const isFound = (event.target as HTMLElement).closest('.operations > li');
  if (isFound && event.key === 'ArrowDown') step(event, 1);
  if (isFound && event.key === 'ArrowUp') step(event, -1);
}

// `searching`: who came by the key is in the search at once.
export function Everything({ searching }: { searching: boolean }): JSX.Element {
  const { session } = useDesk();
  const [sought, setSought] = useState(takeGiven);
  const input = useRef<HTMLInputElement>(null);
  const { role } = session;
  const all = actionsOf(role);
  const found = sought.trim()
    ? all.filter((a) => matchesWords(`${a.title} ${a.ways.map((w) => w.where).join(' ')}`, sought))
    : [];
  const lists = listsOf(role).filter(([, list]) => !sought.trim() || matchesWords(list.title, sought));
  const areas = [...new Set(lists.map(([, list]) => list.area))];
  useEffect(() => {
    if (searching) input.current?.focus();
  }, [searching]);
  useEffect(() => onSought(() => setSought(takeGiven())), []);
  return (
    <div onKeyDown={arrows}>
      <PageHead
        title="Que voulez-vous faire ?"
        lead="Cherchez un contrat, une organisation, un besoin, une action par ses mots. Ctrl + K ou « / » ramènent ici depuis toute page."
      />
      <div class="finder">
        <label for="finder" class="form-label">
          Chercher une action ou une liste, un contrat, une organisation
        </label>
        <input
          id="finder"
          ref={input}
          class="form-control form-control-lg"
          type="search"
          autocomplete="off"
          value={sought}
          onInput={(e) => setSought(e.currentTarget.value)}
          onKeyDown={(e) => e.key === 'ArrowDown' && step(e, 1)}
        />
        <p role="status" class="said">
          {!sought.trim()
            ? ''
            : found.length + lists.length
              ? `${plural(found.length, 'action')}, ${plural(lists.length, 'liste')}.`
              : 'Aucune action ne correspond.'}
        </p>
      </div>
      <FoundThings words={sought} />
      {found.length > 0 && (
        <Panel title="Ce que vous pouvez faire">
          <Actions found={found} />
        </Panel>
      )}
      <div class="thirds">
        {areas.map((area) => (
          <Panel key={area} title={area}>
            <ul class="acts">
              {lists
                .filter(([, list]) => list.area === area)
                .map(([path, list]) => (
                  <li key={path}>
                    <a href={hrefOf([path])}>{list.title}</a>
                  </li>
                ))}
            </ul>
          </Panel>
        ))}
      </div>
      {!sought.trim() && (
        <Panel title="Toutes vos actions">
          <details class="more">
            <summary>{plural(all.length, 'action')}</summary>
            <Actions found={all} />
          </details>
        </Panel>
      )}
      {!sought.trim() && (
        <Panel title="Vos pages">
          <ul class="acts acts-row">
            {[...new Map([...viewsOf(role), ...pagesOf(role)].map((v) => [v.path, v])).values()].map((v) => (
              <li key={v.path}>
                <a href={hrefOf([v.path])}>{v.label}</a>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
