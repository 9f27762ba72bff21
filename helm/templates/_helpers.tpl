{{/* The release's name, used for everything in it. */}}
{{- define "tikasetu.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "tikasetu.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "tikasetu.labels" -}}
{{ include "tikasetu.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tikasetu.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* What every pod of the chart is held to. */}}
{{- define "tikasetu.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 256Mi }
{{- end }}

{{- define "tikasetu.containerSecurity" -}}
image: {{ include "tikasetu.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
{{- end }}

{{/* One variable from a secret that was made outside the chart: (list NAME SECRET KEY). */}}
{{- define "tikasetu.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef: { name: {{ index . 1 | quote }}, key: {{ index . 2 | quote }} }
{{- end }}

{{/* The environment: (list $ ROLE). The API never holds the login that may create logins. */}}
{{- define "tikasetu.env" -}}
{{- $ := index . 0 }}{{ $role := index . 1 }}
- { name: TIKASETU_ROLE, value: {{ $role }} }
- { name: NODE_ENV, value: production }
- { name: HOST, value: "0.0.0.0" }
- { name: PORT, value: "4000" }
- { name: TIKASETU_HEALTH_PORT, value: "4001" }
- { name: LOG_LEVEL, value: {{ $.Values.logLevel }} }
{{- if $.Values.sandbox.enabled }}
- { name: TIKASETU_SANDBOX, value: "true" }
{{ include "tikasetu.fromSecret" (list "TIKASETU_SANDBOX_PASSWORD" $.Values.sandbox.existingSecret "TIKASETU_SANDBOX_PASSWORD") }}
{{- if $.Values.sandbox.outboundLoopback }}
- { name: TIKASETU_OUTBOUND_LOOPBACK, value: "true" }
{{- end }}
{{- end }}
{{- if and (eq $role "worker") $.Values.outside.existingClaim }}
- { name: TIKASETU_ERASURE_LIST_DIR, value: /outside/erasures }
- { name: TIKASETU_AUDIT_HEADS_DIR, value: /outside/audit }
- { name: TIKASETU_EXPORT_DIR, value: /outside/exports }
{{- end }}
{{- if and (eq $role "api") $.Values.anonymousDocuments.existingConfigMap }}
- { name: TIKASETU_ANONYMOUS_DOCUMENTS, value: /documents }
{{- end }}
{{- with $.Values.vcApiCountries }}
- { name: TIKASETU_VC_API, value: {{ join "," . | quote }} }
{{- end }}
{{- $origins := list }}
{{- range $country := $.Values.countries }}
{{- range $country.origins }}{{ $origins = append $origins (printf "%s=%s" $country.code .) }}{{ end }}
{{- end }}
{{- with $origins }}
- { name: TIKASETU_ORIGINS, value: {{ join " " . | quote }} }
{{- end }}
{{- with $.Values.messageGatewayUrl }}
- { name: TIKASETU_MESSAGE_GATEWAY_URL, value: {{ . | quote }} }
{{- end }}
{{- with $.Values.breachedPasswordsUrl }}
- { name: TIKASETU_BREACHED_PASSWORDS_URL, value: {{ . | quote }} }
{{- end }}
- { name: TIKASETU_LOGIN_PREFIX, value: {{ $.Values.loginPrefix | quote }} }
- { name: TIKASETU_TRUSTED_PROXIES, value: {{ $.Values.ingress.trustedProxies | quote }} }
- name: TIKASETU_PUBLIC_URL
  value: https://{{ $.Values.operatorHost | default (index $.Values.countries 0).host }}
{{- with $.Values.secrets }}
{{- if ne $role "api" }}
{{ include "tikasetu.fromSecret" (list "DATABASE_URL" .database.existingSecret .database.ownerKey) }}
{{- end }}
{{ include "tikasetu.fromSecret" (list "PLATFORM_DATABASE_URL" .database.existingSecret .database.platformKey) }}
{{- if .database.replicaKey }}
{{ include "tikasetu.fromSecret" (list "REPLICA_DATABASE_URL" .database.existingSecret .database.replicaKey) }}
{{- end }}
{{ include "tikasetu.fromSecret" (list "TIKASETU_MASTER_KEY" .masterKey.existingSecret .masterKey.key) }}
{{- if .masterKey.secondKey }}
{{ include "tikasetu.fromSecret" (list "TIKASETU_MASTER_KEY_SECOND" .masterKey.existingSecret .masterKey.secondKey) }}
{{- end }}
{{- end }}
{{- end }}

{{/* A place that may be spoken to, as a NetworkPolicy rule. */}}
{{- define "tikasetu.peer" -}}
- to:
    {{- if .cidr }}
    - ipBlock: { cidr: {{ .cidr | quote }} }
    {{- else }}
    - namespaceSelector: { matchLabels: {{ toJson .namespaceLabels }} }
      podSelector: { matchLabels: {{ toJson .podLabels }} }
    {{- end }}
  ports: [{ protocol: TCP, port: {{ .port }} }]
{{- end }}
