import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';
import { rerobotsFields } from './fields-rerobots.ts';
import { rerobotsBodies } from './upstream-bodies.ts';

const { get, post, del } = operationsOf('rerobots');

const ADDONS = ['cam', 'vnc', 'mistyproxy', 'drive', 'py', 'java', 'vscode', 'cmd', 'cmdsh', 'wstcp'];

const addons: Operation[] = ADDONS.flatMap((addon) => [
  get({
    id: `addon.${addon}`,
    path: `/addon/${addon}/{instance}`,
    fields: rerobotsFields.addon,
    role: 'operator',
    owned: 'instance',
    help: `State of the ${addon} add-on; 404 means not active.`,
  }),
  post({
    id: `addon.${addon}.activate`,
    path: `/addon/${addon}/{instance}`,
    owned: 'instance',
    route: null,
    body: rerobotsBodies.addon,
    target: { kind: 'robot', param: 'instance' },
    help: `Activates the ${addon} add-on.`,
  }),
  del({
    id: `addon.${addon}.deactivate`,
    path: `/addon/${addon}/{instance}`,
    owned: 'instance',
    route: null,
    target: { kind: 'robot', param: 'instance' },
    help: `Deactivates the ${addon} add-on.`,
  }),
]);

const addonActions: Operation[] = [
  get({
    id: 'addon.cam.image',
    path: '/addon/cam/{instance}/{camera}/img',
    fields: rerobotsFields.picture,
    role: 'operator',
    owned: 'instance',
    help: 'One picture of a camera, as base64.',
  }),
  ...(['start', 'stop'] as const).map((action) =>
    post({
      id: `addon.vnc.${action}`,
      path: `/addon/vnc/{instance}/${action}`,
      owned: 'instance',
      route: null,
      target: { kind: 'robot', param: 'instance' },
      help: `${action === 'start' ? 'Starts' : 'Stops'} the VNC server of the vnc add-on.`,
    }),
  ),
  post({
    id: 'addon.drive.send',
    path: '/addon/drive/{instance}/tx',
    fields: rerobotsFields.done,
    owned: 'instance',
    route: null,
    body: rerobotsBodies.drive,
    target: { kind: 'robot', param: 'instance' },
    help: 'Drives the robot: `linearv` and `angularv`.',
  }),
];

const continuousIntegration: Operation[] = [
  get({
    id: 'ci.projects',
    path: '/ci/projects',
    fields: rerobotsFields.ciProjects,
    route: 'GET /api/robots/ci',
    help: 'CI projects of the account.',
  }),
  post({
    id: 'ci.new',
    path: '/ci/new',
    fields: rerobotsFields.ciBuild,
    route: 'POST /api/robots/ci',
    body: rerobotsBodies.ciNew,
    target: { kind: 'ci', field: 'repo_url' },
    help: 'Makes a CI project or build.',
  }),
  post({
    id: 'ci.job.new',
    path: '/ci/project/{project}/job',
    fields: rerobotsFields.ciBuild,
    route: null,
    body: rerobotsBodies.ciJob,
    target: { kind: 'ci', param: 'project' },
    help: 'Runs a CI job on a branch and commit.',
  }),
  post({
    id: 'ci.job.restart',
    path: '/ci/project/{project}/job/{job}',
    fields: rerobotsFields.ciBuild,
    route: null,
    body: rerobotsBodies.ciRestart,
    target: { kind: 'ci', param: 'project' },
    help: 'Restarts a CI job.',
  }),
];

/** What the owner of hardware sees of it and of who uses it. */
const hardshare: Operation[] = [
  get({
    id: 'hardshare.list',
    path: '/hardshare/list',
    fields: rerobotsFields.ownDeployments,
    role: 'admin',
    help: "The account's own deployments.",
  }),
  get({
    id: 'hardshare.instances',
    path: '/hardshare/instances',
    fields: rerobotsFields.ownInstances,
    isList: true,
    role: 'admin',
    help: "Instances of the account's own deployments, whoever has them.",
  }),
  post({
    id: 'hardshare.terminate',
    path: '/hardshare/terminate/{instance}',
    role: 'admin',
    route: null,
    sessionOnly: true,
    confirm: true,
    takesDown: 'robot',
    target: { kind: 'robot', param: 'instance' },
    help: "Ends an instance of one of the account's own deployments, whoever has it.",
  }),
];

/** What people do with a robot they have: its add-ons, and builds. */
export const rerobotsWorkOperations: readonly Operation[] = [
  ...addons,
  ...addonActions,
  ...continuousIntegration,
  ...hardshare,
];
