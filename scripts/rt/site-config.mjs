/** Where `RT_SiteConfig.pm` says that things are. Absolute paths, without quotes in them. */
const paths = (folder) => ({
  DatabaseName: `${folder}/rt.sqlite`,
  MasonDataDir: `${folder}/mason`,
  MasonSessionDir: `${folder}/session`,
});

/**
 * The configuration of a private instance, as Perl. What an administrator of a real one would add is only the
 * lifecycle: its statuses, its transitions, and the two rights that a customer gets.
 */
export function siteConfig({ folder, port, bcryptCost }) {
  const places = Object.entries(paths(folder)).map(([name, path]) => `Set($${name}, '${path}');`);
  return `Set($rtname, 'example.test');
Set($Organization, 'example.test');
Set($CorrespondAddress, 'support@desk.example');
Set($CommentAddress, 'support-comment@desk.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebPath, '');
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($WebSecureCookies, 0);
Set($DatabaseType, 'SQLite');
Set($DatabaseUser, '');
Set($DatabasePassword, '');
${places.join('\n')}
Set($MailCommand, 'testfile'); # no mail leaves
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
Set($Timezone, 'UTC');
Set($BcryptCost, ${bcryptCost}); # of passwords and tokens: paid by every request
Set(%Lifecycles,
    escalation => {
        initial  => [ 'requested' ],
        active   => [ 'under review', 'accepted' ],
        inactive => [ 'declined', 'resolved', 'withdrawn', 'deleted' ],
        defaults => { on_create => 'requested', on_merge => 'resolved' },
        transitions => {
            ''             => [ 'requested' ],
            requested      => [ 'under review', 'accepted', 'declined', 'withdrawn', 'deleted' ],
            'under review' => [ 'accepted', 'declined', 'withdrawn', 'deleted' ],
            accepted       => [ 'resolved', 'withdrawn', 'deleted' ],
            resolved       => [ 'under review', 'deleted' ],
            declined       => [ 'deleted' ],
            withdrawn      => [ 'deleted' ],
            deleted        => [],
        },
        rights => {
            '* -> deleted'             => 'DeleteTicket',
            '* -> withdrawn'           => 'WithdrawEscalation',
            'resolved -> under review' => 'ReopenEscalation',
            '* -> *'                   => 'ModifyTicket',
        },
        actions => [],
    },
);
1;
`;
}
