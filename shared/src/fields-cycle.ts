/**
 * What the proxy passes of Cycle's resources ("Internal API Reference" and "Scheduler API Reference"), in the notation
 * of `fields.ts`. What a person typed for a machine to run or to call (commands, scripts, directives, mount options,
 * webhooks) is marked too, since secrets are written there.
 */
const creator = 'creator{id type}';
const error = 'error{message time}';
const state = `state{current desired changed ${error}}`;
const events = 'events{created updated deleted started}';
const counts = 'state{*} total available';
const legacy = 'legacy{host subnet ipv4{ip cidr}}';
const network = `container_subnet network_subnet subnet ipv6{ip cidr} ${legacy} mac_addr vxlan_tag`;
const acl = 'acl{roles{*{view modify manage}}}';
const tagsOfNodes = 'node{tags{any all}}';

const ip = `id hub_id kind ip assignment{container_id instance_id environment_id virtual_machine{id}} pool_id network_id
  address gateway network options{proxy_arp} cidr ${state}`;

const recordType = `a{ip} aaaa{ip} cname{domain} ns{domain} mx{priority domain} txt{value} alias{domain}
  srv{weight priority port domain} caa{tag value}
  linked{routing{http{match_path}} features{tls{enable} geodns{enable} wildcard{resolve_sub_domains}} container_id
    virtual_machine{id dmz} deployment{environment_id match{container tag}}}`;
const domain = `fqdn record{id hub_id ${creator} zone_id name resolved_domain type{${recordType}}
  features{certificate{id generated wildcard_child user_supplied expires}} ${state} events{*}}`;

const containerSummary = `id name ${state} image{id service} environment{id cluster ${network}}`;

const waf =
  'waf{rules{description skip type expires match sample! response{http_code} conditions{key value! regex! type operator}}}';
const router = `match{domains internal_ports path containers{include exclude}} mode
  config{sticky_sessions destination_retries destination_prioritization
    tls{server_name allow_insecure client_cert_auth client_auth} timeouts{destination_connection}
    extension{type details{redirect{auto_https_redirect remove_www port scheme url}
      forward{scheme content_mod{replace{match value}} url} proxy{domain url content_mod{replace{match value}}}
      caching{files{match ttl}}}}}`;
const controller = `identifier port ${waf}
  transport{disable mode config{performance ingress{tls{enable}} timeouts{idle} verbosity
    extension{type details{connections{max_idle_conns_per_connection}
      telemetry{max_trackable_urls track_invalid_requests ignore_paths}}}} routers{${router}}}`;
const haProxy = `frontend{mode max_connections timeouts{client_secs client_fin_ms http_keep_alive_ms http_request_ms}}
  backend{balance timeouts{server_secs server_fin_ms connect_ms queue_ms tunnel_secs}}`;

const service = 'enable container_id high_availability auto_update';
const environmentServices = `
  loadbalancer{${service} config{performance ipv4 ipv6 type
    details{controllers{${controller}} controller_template{${controller}} ${waf} default{${haProxy}} ports{*{${haProxy}}}}}}
  discovery{${service} config{empty_set_delay hosts{*{ipv4 ipv6}} custom_resolvers dual_stack_legacy
    external_resolution{preference} domain_suffix}}
  vpn{${service} config{allow_internet custom_directives! auth{webhook^ cycle_accounts vpn_accounts}}}
  scheduler{${service} config{public access_keys{name secret! ips}}}
  gateway{${service} config}`;

const environment = `id identifier name cluster about{description favorite} ${creator} hub_id ${state} ${events}
  features{legacy_networking monitoring{tier config{logs{drain{url^ format exclude_services}} metrics{endpoint{url^}}
    events{endpoint{url^}}}}}
  services{${environmentServices}}
  ${acl} private_network{vxlan_tag subnet ipv6{ip cidr} ${legacy}} deployments{tags{*}}
  meta{containers_count{${counts}} instances_count{${counts}} containers{${containerSummary}}
    service_versions{*{version instance_id last_updated}}}`;

const deploy = `instances strategy function{max_pool_size max_shard_concurrency max_runtime max_queue_time}
  stateful{options{use_base_hostname}} constraints{${tagsOfNodes} secrets} shutdown{graceful_timeout signals}
  startup{delay} update{stagger} restart{condition delay max_attempts} readiness_check{command! interval timeout}
  health_check{command! retries delay interval timeout restart} telemetry{retention interval disable}`;
const runtime = `command{path args!} namespaces environment_vars{*!} privileged capabilities workdir sysctl{*}
  rlimits{*{hard soft}}
  seccomp{disable rules{capabilities{includes excludes} syscall{names action errnoRet args{index value valueTwo op}}}}
  host{expose_proc expose_cgroups power_management} rootfs{readonly}
  devices{shm_size expose{source destination options} permissions{type major minor allow access}}`;
const integrations = `webhooks{events{deploy^ start^ stop^} config^} files{source^ destination}
  lets_encrypt{certificate_path chain_path key_path bundle_path additional_certs_path}
  backups{integration_id backup{command! timeout cron_string} restore{command! timeout} retention}
  shared_file_systems{*{writable mount_point}}`;

const container = `id identifier name ${creator} environment{id cluster ${network}} hub_id
  image{id extension{identifier id} service} stack{id build_id identifier}
  config{network{public hostname ports l2{domains}} deploy{${deploy}}
    scale{autoscale_group instances{max max_server min_ttl} window
      thresholds{type details{usage utilization connections requests private bandwidth webhook^}}}
    runtime{${runtime}} resources{cpu{shares{limit reserve} cpus} ram{limit reserve}} integrations{${integrations}}}
  deployment{version} instances
  volumes{id hash config{identifier read_only block_device local{max_size stateless storage_pool} external{id}
    destination remote_access{enable ips webhook^ password!}} external{id} removed}
  annotations~ role stateful deprecate lock ${state} ${events}
  meta{instances_count{${counts}} domains{${domain}} ips{${ip}}}`;

const node = `node{healthy online last_checkin ${state}}`;
/** Whoever has a migration's key can take part in the migration. */
const instance = `id ${creator} hub_id container_id location_id environment{id ${network}} stateful{id base_hostname}
  function{seed} provider{vendor integration_id location} server_id ready_state purge_time hostname service
  extension{identifier id}
  state{current desired changed ${error} health{healthy updated} readiness{ready updated}}
  autoscale{min_ttl} traffic_drain{started}
  migration{to{instance_id server_id} from{instance_id server_id} started completed key! copy_volumes}
  deployment{version} ${events} meta{${node} sdn_pool_ips{${ip}}}`;

const machineStats = `network{interfaces{*{interface flags mtu mac_addr addrs speed rx_bytes tx_bytes}} external_ipv4
    external_ipv6} uptime{seconds cpu_idle}
  cpu{physical_cpus cores threads processors{model speed}
    usage{user nice system idle iowait irq soft_irq steal guest guest_nice} virtualization}
  load{avg1m avg5m avg15m} ram{available free total}
  storage{volume_groups{*{name size volumes{*{name size data_percent meta_percent pool}}}}
    mounts{*{device type mountpoint total free used}}}
  os{release kernel hostname} vendor{system_vendor board_vendor board_name board_serial bios_vendor}
  versions{services{*}}`;
const server = `id hub_id location_id model_id node_id
  shared_file_systems{mounts{*{type options! source}} directories~} hostname nickname ${creator}
  provider{vendor integration_id model zone location server init_ips mac_addr extra!
    provision_options{encrypt_storage storage_size reservation_id}}
  cluster features{sftp base_volume_gb gateway{type}}
  constraints{tags allow{pool services overcommit overcommit_multiple}} autoscale{group_id} ephemeral
  evacuate{started} ${state}
  events{created updated deleted latest_instance provisioning{started failed completed}}
  meta{node{last_checkin drivers ${state} stats{${machineStats}} healthy online} instances_count{${counts}}
    allocations{cpu_shares{total allocatable allocated} ram{total_mb allocatable_mb allocated_mb}}}`;

const virtualMachine = `id name identifier ${creator} environment{id cluster} hub_id
  config{network{public hostname ports egress_via_gateway}
    deploy{constraints{${tagsOfNodes} secrets containers} shutdown{graceful_timeout} startup{delay}
      telemetry{retention interval disable}}
    resources{ram{limit allocate} cpu{cores{number allocate} cpus}}
    runtime{hardware{machine_type cpu{type details{model feature_flags}}} attach{type details{url}} os_flavor}}
  image{type details{url chain_url^ script! identifier id}} container_id
  volumes{id hash config{local{max_size storage_pool stateless} external{id} identifier read_only
    remote_access{enable ips webhook^ password!}} removed}
  annotations~ root_password{changed current!} ssh_keys ${state} ${events} deprecate lock
  meta{domains{${domain}} ips{${ip}} server{${server}} hypervisor_ips{ipv4 ipv6}}`;

const hub = `id name ${creator} ${state}
  events{created updated deleted converted first_order first_provider first_server first_environment first_image
    first_container}
  meta{membership{id account_id hub_id role_id events{created updated deleted joined}
    preferences{portal{notifications{jobs{apikey_alerts}}} email{notificaitons{server{new offline}}}} ${state}
    invitation{sender{id type} recipient! events{created updated deleted accepted declined revoked}}
    cycle{employee_id}}}`;

const formField = 'regex required name description type options';
const integration = `id name vendor identifier auth{*!} extra{*!} ${creator} hub_id ${state} ${events}
  meta{definition{vendor name supports_verification supports_multiple features extends
    extended_configuration{options{title key type default}} fields{extra{*{${formField}}} auth{*{${formField}}}} url
    public usable deprecated editable}}`;

const memory = 'usage max_usage fail_count limit';
const snapshot = `time hub_id container_id instance_id environment_id server_id cluster
    cpu{num_cores usage{total kernel user} throttling{periods throttled_periods throttled_time}}
    memory{cache usage{${memory}} swap_usage{${memory}} kernel_usage{${memory}} kernel_tcp_usage{${memory}}}
    processes{current limit}
    network{interfaces{name rx_bytes tx_bytes rx_packets tx_packets rx_dropped tx_dropped rx_errors tx_errors}}
    hugetlb{usage max fail_count}`;
const telemetry = `instance_id container_id environment_id stats{${snapshot}}`;

const sdnNetwork = `id name identifier cluster ${creator} hub_id ${state}
  l2{domain location_ids vid host_interface routes{network gateway}
    ips{method details{ipv4{network usable gateway} ipv6{network usable gateway}}}}
  private_network{vxlan_tag subnet mac_addr_suffix ipv6{ip cidr}} environments{id added} ${acl} ${events}`;

/** Of the notification socket; the sources disagree on the name of the previous state. */
export const notificationFields = `topic object{id state state_previous previous_state error}
  context{label hub_id account_id environments dns_zones clusters containers virtual_machines} flags~ annotations~`;

export const cycleFields = {
  environment,
  container,
  instance,
  ip,
  domain,
  server,
  virtualMachine,
  hub,
  integration,
  snapshot,
  telemetry,
  sdnNetwork,
  services: `container{${container}} instances{${instance}}`,
  image: 'id access_time',
  certificate: 'id domains private_key! csr! bundle hub_id',
  gateway: 'virtual_machine_id gateway_instance_id ips{kind public_ip gateway_private_ip gateway_nat_ip}',
  cacheEntry: 'scope expires key value~',
} as const;

/** "Errors" of both references. */
export const cycleErrorFields = 'error{status code title detail source extra{capability}} data';
