// The page: takes the token, asks the gateway who it stands for, and shows the views of that role.
import { render } from 'preact';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api, Refused } from './api.ts';
import { takeArrival } from './arrival.ts';
import { Failsafe } from './components/Failsafe.tsx';
import { PageHead } from './components/PageHead.tsx';
import { Shell } from './components/Shell.tsx';
import { DeskContext, addressOf, hrefOf, useAddress, useDesk } from './hooks.ts';
import { mayAsk } from './desk/methods.ts';
import { LISTS, THINGS } from './desk/places.ts';
import { listsTo } from './desk/reach.ts';
import { useCtrlKey, useKey } from './keys.ts';
import { lazy } from './lazy.tsx';
import { MAKE_LINK } from './links.ts';
import { dropAllDrafts } from './form/draft.ts';
import { OtherSession } from './pages/OtherSession.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { watchTouches } from './rest.ts';
import { viewsOf } from './roles.ts';
import { News, joinStream } from './stream/news.ts';
import { BY_COOKIE, cookieOf, forgetToken, isCookie, storeToken, storedToken, takeFragmentRole } from './session.ts';
import { takeFragmentToken } from './session.ts';
import type { Credential } from './session.ts';
import type { Role, Session } from './types.ts';
import type { Address } from './hooks.ts';

const Access = lazy(() => import('./pages/Access.tsx').then((m) => m.Access));
const Accounts = lazy(() => import('./pages/Accounts.tsx').then((m) => m.Accounts));
const ContractPage = lazy(() => import('./pages/ContractPage.tsx').then((m) => m.ContractPage));
const Declare = lazy(() => import('./pages/Declare.tsx').then((m) => m.Declare));
const Figures = lazy(() => import('./pages/Figures.tsx').then((m) => m.Figures));
const Import = lazy(() => import('./pages/Import.tsx').then((m) => m.Import));
const Keys = lazy(() => import('./components/Keys.tsx').then((m) => m.Keys));
const Links = lazy(() => import('./pages/Links.tsx').then((m) => m.Links));
const Needs = lazy(() => import('./pages/Needs.tsx').then((m) => m.Needs));
const NewLink = lazy(() => import('./pages/NewLink.tsx').then((m) => m.NewLink));
const NewNeed = lazy(() => import('./pages/NewNeed.tsx').then((m) => m.NewNeed));
const NetworkPage = lazy(() => import('./pages/NetworkPage.tsx').then((m) => m.NetworkPage));
const Obligations = lazy(() => import('./pages/Obligations.tsx').then((m) => m.Obligations));
const Readings = lazy(() => import('./pages/Readings.tsx').then((m) => m.Readings));
const Reference = lazy(() => import('./pages/Reference.tsx').then((m) => m.Reference));
const Region = lazy(() => import('./pages/Region.tsx').then((m) => m.Region));
const Today = lazy(() => import('./pages/Today.tsx').then((m) => m.Today));
const Validate = lazy(() => import('./pages/Validate.tsx').then((m) => m.Validate));
const ActPage = lazy(() => import('./desk/ActPage.tsx').then((m) => m.ActPage));
const Everything = lazy(() => import('./desk/Everything.tsx').then((m) => m.Everything));
const ListPage = lazy(() => import('./desk/ListPage.tsx').then((m) => m.ListPage));
const ThingPage = lazy(() => import('./desk/ThingPage.tsx').then((m) => m.ThingPage));
const Inbox = lazy(() => import('./pages/Inbox.tsx').then((m) => m.Inbox));
const Changes = lazy(() => import('./pages/Inbox.tsx').then((m) => m.Changes));
const PersonPage = lazy(() => import('./pages/PersonPage.tsx').then((m) => m.PersonPage));
const PlacementPage = lazy(() => import('./pages/PlacementPage.tsx').then((m) => m.PlacementPage));
const EligibilityPage = lazy(() => import('./pages/EligibilityPage.tsx').then((m) => m.EligibilityPage));
const Team = lazy(() => import('./pages/Team.tsx').then((m) => m.Team));
const Forecast = lazy(() => import('./pages/Forecast.tsx').then((m) => m.Forecast));
const Persons = lazy(() => import('./pages/Persons.tsx').then((m) => m.Persons));
const ContractsPage = lazy(() => import('./pages/ContractsPage.tsx').then((m) => m.ContractsPage));

const PAGES: Record<string, (props: object) => JSX.Element> = {
  aujourdhui: Today,
  region: Region,
  chiffres: Figures,
  contrats: ContractsPage,
  besoins: Needs,
  heures: Validate,
  alertes: Inbox,
  changements: Changes,
  obligations: Obligations,
  declarer: Declare,
  besoin: NewNeed,
  importer: Import,
  equipe: Team,
  'a-venir': Forecast,
  personnes: Persons,
  reseau: NetworkPage,
  comptes: Accounts,
  liens: Links,
  lectures: Readings,
};

// Things that have a page of their own; all others have that of any thing.
const THING_PAGES: Record<string, (props: { id: string }) => JSX.Element> = { personnes: PersonPage, parcours: PlacementPage };

const REFERENCE = 'interface'; // every account's; from the foot of the page
const EVERYTHING = 'tout'; // every account's, last in its menu
const ACCESS = 'acces'; // every account's too; from the name of who acts

// « contrats/ID/agir/contracts.AmendContract »: what is to be done, and on what page.
function actOf(path: string[]): { on: string[]; method: string } | null {
  const i = path.indexOf('agir');
  return i > 0 && path[i + 1] ? { on: path.slice(0, i), method: path[i + 1]! } : null;
}

// What an address leads to beside the pages of the menu: a list that the role may read, a thing that it comes to.
const isOffered = (role: Role, [first = '', id]: string[]): boolean =>
  id ? first in THINGS && listsTo(role, first).length > 0 : first in LISTS && mayAsk(role, LISTS[first]!.method);

function Page({ name, address }: { name: string; address: Address }): JSX.Element {
  const { session } = useDesk();
  const { path, query } = address;
  const act = actOf(path);
  if (session.mustEnrol || (path[0] === ACCESS && !act)) return <Access />;
  if (act?.method === MAKE_LINK) return <NewLink key={location.hash} on={act.on} />;
  if (act) return <ActPage key={location.hash} path={act.on} method={act.method} query={query} />;
  if (path[0] === EVERYTHING) return <Everything searching={query.chercher === 'oui'} />;
  if (path[0] === REFERENCE) return <Reference name={path.slice(1).join('/')} />;
  if (path[0] === 'contrats' && path[1] && name === 'contrats') return <ContractPage key={path[1]} contractId={path[1]} />;
  const OfThing = path[1] && isOffered(session.role, path) ? THING_PAGES[path[0]!] : undefined;
  if (path[2] === 'eligibilite' && path[0] === 'personnes' && OfThing) return <EligibilityPage key={path[1]} id={path[1]!} />;
  if (OfThing) return <OfThing key={path[1]} id={path[1]!} />;
  if (path[1] && isOffered(session.role, path)) return <ThingPage key={path.join('/')} thing={path[0]!} id={path[1]} query={query} />;
  const Own = PAGES[name];
  // Lines that a figure counts, or that an act is for; « liste »: columns, views and files.
  const isPlain = !query.pour && !query.liste && !Object.keys(query).some((key) => key.startsWith('seul.'));
  const hasOwn = Own && isPlain && viewsOf(session.role).some((v) => v.path === name);
  if (Own && hasOwn) return <Own />;
  if (isOffered(session.role, path.slice(0, 1))) return <ListPage key={`${path[0]} ${query.pour}`} name={path[0]!} query={query} />;
  if (path[0] === 'changements') return <Changes />;
  if (Own) return <Own />;
  return <PageHead title="Rien à montrer" lead="Ce jeton n’ouvre aucune page. Demandez un autre rôle à l’exploitant." />;
}

// To the search over things and actions.
function goSeek(): void {
  if (addressOf(location.hash).path[0] === EVERYTHING) document.getElementById('finder')?.focus();
  else location.hash = hrefOf([EVERYTHING], { chercher: 'oui' });
}

function Views(): JSX.Element {
  const { session } = useDesk();
  const address = useAddress();
  const views = viewsOf(session.role);
  const [first] = address.path;
  const isOther = first === REFERENCE || first === ACCESS || (session.mustEnrol ?? false);
  const known = first && (isOffered(session.role, address.path) || first === EVERYTHING || first === 'changements' || views.some((v) => v.path === first));
  const name = known ? first : (views[0]?.path ?? '');
  const [keys, setKeys] = useState(false);
  useKey('/', goSeek);
  useCtrlKey('k', goSeek);
  useKey('?', () => setKeys(true));
  return (
    <Shell current={isOther ? '' : name}>
      {keys && <Keys onClose={() => setKeys(false)} />}
      <Failsafe key={address.path.join('/')}>
        <Page name={name} address={address} />
      </Failsafe>
    </Shell>
  );
}

// A token without a session is being checked; `typed` says that the form, which stays on screen meanwhile, gave it.
// `offered` came by a link while another session ran: the person is asked.
interface State {
  token: Credential | null;
  session: Session | null;
  problem: string;
  typed: boolean;
  ofToken: boolean; // the problem is one of a token that was given, and not of a session
  offered: string | null;
  renewed: string; // to be shown once
  leaving: boolean; // the session is being ended
}

const SIGNED_OUT: State = { token: null, session: null, problem: '', typed: false, ofToken: false, offered: null, renewed: '', leaving: false };

function Opening({ text }: { text: string }): JSX.Element {
  return (
    <main class="container">
      <p class="quiet" role="status">
        {text}
      </p>
    </main>
  );
}

function firstState(): State {
  const brought = takeFragmentToken(window);
  const running = storedToken(sessionStorage) ?? BY_COOKIE; // whether there is a cookie, the gateway knows
  return { ...SIGNED_OUT, token: running, offered: brought === running ? null : brought };
}

// A link of the invented region: the role to come in as. Resolved before the page asks who it is.
async function enterByFragment(): Promise<void> {
  const role = takeFragmentRole(window);
  if (!role) return;
  forgetToken(sessionStorage);
  await new Api('').enterDemo(role).catch(() => undefined); // the first page says what there is
}

// The session ends everywhere, and the browser forgets it; what came by a token (a demonstration) is only forgotten.
async function leave(api: Api): Promise<void> {
  await api.command('accounts/SignOut', {}).catch(() => undefined);
  await api.forget().catch(() => undefined);
}

function App(): JSX.Element {
  const [state, setState] = useState<State>(firstState);
  const latest = useRef(state);
  latest.current = state;
  const signOut = useCallback((problem: string = '', ofToken: boolean = false) => {
    forgetToken(sessionStorage);
    if (!problem) dropAllDrafts(sessionStorage); // she left: nothing of persons stays
    history.replaceState(null, '', location.pathname);
    const { session, token } = latest.current;
    const over = () => setState({ ...SIGNED_OUT, problem, ofToken });
    if (!session || !token || !isCookie(token) || problem) return over();
    setState({ ...SIGNED_OUT, token, leaving: true }); // whoever reads that she is out is out
    void leave(new Api(token)).then(over);
  }, []);
  const enter = useCallback(() => {
    forgetToken(sessionStorage);
    setState({ ...SIGNED_OUT, token: BY_COOKIE });
  }, []);
  const signIn = useCallback((token: string, typed: boolean) => {
    setState({ ...SIGNED_OUT, token, typed });
  }, []);
  const changeToken = useCallback((token: string) => {
    storeToken(sessionStorage, token); // the one before opens nothing any more
    setState({ ...SIGNED_OUT, token, renewed: token });
  }, []);
  const stay = useCallback(() => setState((old) => ({ ...old, offered: null })), []);
  useEffect(() => {
    const brought = () => {
      if (location.hash.startsWith('#entrer=')) void enterByFragment().then(enter);
      const token = takeFragmentToken(window);
      if (!token) return;
      setState((old) =>
        old.token === null ? { ...SIGNED_OUT, token } : { ...old, offered: token === old.token ? null : token },
      );
    };
    window.addEventListener('hashchange', brought);
    return () => window.removeEventListener('hashchange', brought);
  }, [enter]);
  const api = useMemo(() => new Api(state.token ?? ''), [state.token]);
  useEffect(() => {
    if (!state.token || state.session || state.leaving) return;
    const token = state.token;
    api
      .session()
      .then((session) => {
        storeToken(sessionStorage, token);
        setState((old) => (old.token === token ? { ...old, session } : old));
      })
      .catch((error: unknown) => {
        if (state.offered) return signIn(state.offered, false); // there is no session that it could replace
        // whether there was a session in a cookie nobody knows before asking: its absence is no problem
        const nobody = error instanceof Refused && error.status === 401 && isCookie(token);
        signOut(nobody ? '' : error instanceof Refused ? error.message : 'La connexion a échoué.', !isCookie(token));
        // Nothing answered: the token may be good, so a reload will try it again.
        if (error instanceof Refused && error.status === 0) storeToken(sessionStorage, token);
      });
  }, [state.token, state.session, state.leaving, api]);
  const news = useMemo(() => new News(), [state.token]);
  useEffect(() => {
    if (!state.token || !state.session) return;
    const { account, key } = state.session;
    return joinStream(news, isCookie(state.token) ? cookieOf(key ?? account) : state.token, account);
  }, [news, state.token, state.session]);
  const { session, token, typed, problem, offered, renewed } = state;
  const desk = useMemo(
    () => (session && token ? { api, session, news, renewed, signOut, changeToken, credential: token, enter } : null),
    [api, session, news, renewed, signOut, changeToken, token, enter],
  );
  if (token && !session && !typed) return <Opening text={state.leaving ? 'Déconnexion…' : 'Connexion…'} />;
  if (!desk)
    return (
      <SignIn problem={problem} ofToken={state.ofToken} busy={token !== null} onToken={(given) => signIn(given, true)} onEntered={enter} />
    );
  if (session && offered)
    return (
      <OtherSession session={session} token={offered} onStay={stay} onChange={() => signIn(offered, false)} />
    );
  return (
    <DeskContext.Provider value={desk}>
      <Views />
    </DeskContext.Provider>
  );
}

takeArrival(window);
watchTouches(window);
void enterByFragment().then(() =>
  render(
    <Failsafe>
      <App />
    </Failsafe>,
    document.getElementById('app')!,
  ),
);
