/** What the proxy passes of rerobots' answers ("rerobots API reference", and the running service where it differs). */
const deployment = `id type type_version supported_addons desc region icounter created queuelen online lockout dissolved
  heartbeat instance addons_config{*!}`;
const vpn = 'status clients client_id ovpn!';

export const rerobotsFields = {
  index:
    'workspace_types workspace_deployments deployment_details create_instance vpn firewall terminate_instance',
  workspaces: 'workspace_types',
  deployment,
  deployments: `workspace_deployments page_count info{*{${deployment}}}`,
  queueLength: 'id len',
  queueLengths: '*{qlen rem}',
  instances: `workspace_instances?{id status deployment type region starttime endtime rootuser} workspace_deployments
    page_count`,
  instance: `id status deployment type region starttime endtime expires rootuser fwd{ipv4 port} hostkeys sshkey!
    vpn{${vpn}} wdinfo{${deployment}}`,
  launch: 'success id sshkey!',
  reservations: 'reservations{id created desc user}',
  key: 'key!',
  firewall: 'rules',
  vpn,
  rules: 'rules{id date_created user wdeployment_id capability param}',
  newRule: 'rule_id',
  addon: 'status remote_user url! password!',
  picture: 'success message format coding data',
  done: 'success',
  ciProjects: '*{created repo_url}',
  ciBuild: 'pid jid',
  ownDeployments: 'wdeployments{id date_created origin dissolved heartbeat lockout desc} owner',
  ownInstances: 'id starttime status wdid user',
} as const;

/** The message may stand under any of three keys. */
export const rerobotsErrorFields = 'error_message result_message error';
