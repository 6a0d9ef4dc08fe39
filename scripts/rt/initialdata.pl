# What Request Tracker holds from the start: queues, custom fields, people, and who may do what.
# An administrator of a real instance makes the same by hand, or with rt-setup-database --action insert.
use strict;
use warnings;
use JSON ();

my $given = do {
    open my $file, '<', $ENV{RT_GIVEN} or die "RT_GIVEN: $!";
    local $/;
    JSON::decode_json(<$file>);
};
my @people = @{ $given->{people} };

my $TICKET = 'RT::Queue-RT::Ticket';
my $ENTRY  = 'RT::Queue-RT::Ticket-RT::Transaction';

sub field {
    my ( $queue, $name, $type, @values ) = @_;
    return {
        Name       => $name,
        Type       => $type,
        LookupType => $TICKET,
        Queue      => [$queue],
        @values ? ( Values => [ map { { Name => $_ } } @values ] ) : (),
    };
}

our @Queues = (
    { Name => 'Support',     Description => 'Cases',       Lifecycle => 'default' },
    { Name => 'Escalations', Description => 'Escalations', Lifecycle => 'escalation' },
);

our @Users = map {
    {   Name         => $_->{id},
        RealName     => $_->{name},
        EmailAddress => $_->{email},
        Organization => $_->{account} // '',
        Password     => $given->{password},
        Privileged   => $_->{groups} ? 1 : 0,
    }
} @people;

# A company is a group: as Cc of its cases, all of its people see them.
our @Groups = map {
    my $group = $_;
    {   Name        => $group,
        Description => $group,
        Members     => {
            Users => [
                map  { $_->{id} }
                grep { my $one = $_; grep { $_ eq $group } $one->{account} // (), @{ $one->{groups} // [] } }
                    @people
            ],
            Groups => [],
        },
    }
} ( 'Staff', 'Escalation Owners', keys %{ { map { $_->{account} ? ( $_->{account} => 1 ) : () } @people } } );

our @CustomFields = (
    field( 'Support', 'Severity', 'SelectSingle', qw(low medium high critical) ),
    field( 'Support', 'Waiting On', 'SelectSingle', qw(support customer development cloud-operations third-party) ),
    field( 'Support', 'Program', 'SelectSingle', qw(commercial fedramp-cloud-cx fedramp-engage) ),
    field( 'Support', 'Plan',          'FreeformSingle' ),
    field( 'Support', 'Product',       'FreeformSingle' ),
    field( 'Support', 'Deployment',    'SelectSingle', qw(cloud premises) ),
    field( 'Support', 'RCA Requested', 'DateTimeSingle' ),
    field( 'Support', 'RMA',           'FreeformSingle' ),
    field( 'Support', 'Customer',      'FreeformSingle' ),
    field( 'Support', 'Region',        'FreeformSingle' ),
    # Of an escalation: what agents see and search, and what was asked for and made of it, as JSON.
    field( 'Escalations', 'Case',            'FreeformSingle' ),
    field( 'Escalations', 'Reason',          'FreeformSingle' ),
    field( 'Escalations', 'Idempotency Key', 'FreeformSingle' ),
    field( 'Escalations', 'Request',         'TextSingle' ),
    field( 'Escalations', 'Review',          'TextSingle' ),
    # Of what is written on either.
    ( map { { Name => $_, Type => 'FreeformSingle', LookupType => $ENTRY, Queue => [qw(Support Escalations)] } }
            'Client Id', 'Entry Kind' ),
);

sub grants {
    my ( $whom, @rights ) = @_;
    return map { { %$whom, Right => $_ } } @rights;
}
my @CUSTOMERS = ( GroupDomain => 'SystemInternal', GroupType => 'Unprivileged' );
my @STAFF     = ( GroupDomain => 'UserDefined',    GroupId   => 'Staff' );
my @OWNERS    = ( GroupDomain => 'UserDefined',    GroupId   => 'Escalation Owners' );
my @WORK      = qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket ModifyTicket
    OwnTicket TakeTicket SeeCustomField ModifyCustomField);

our @ACL = (
    grants( { @STAFF, Queue => 'Support' }, @WORK ),
    # Engineers have no right on escalations: some are about them.
    grants( { @OWNERS, Queue => 'Escalations' }, @WORK, qw(WithdrawEscalation ReopenEscalation) ),
    grants( {@CUSTOMERS}, qw(SeeCustomField) ),
    grants( { @CUSTOMERS, Queue => 'Escalations' }, qw(SeeQueue CreateTicket) ),
    # What is asked is written once, with the request. "Review" is not among these.
    ( map { grants( { @CUSTOMERS, CF => $_ }, 'SetInitialCustomField' ) }
            ( 'Case', 'Reason', 'Idempotency Key', 'Request' ) ),
    ( map { my $field = $_; map { grants( { @$_, CF => $field }, 'ModifyCustomField' ) } \@CUSTOMERS, \@STAFF }
            ( 'Client Id', 'Entry Kind' ) ),
    # Who asked, and the people of the same company: they see it and talk, and end or reopen it.
    (   map { grants( { GroupDomain => 'RT::System-Role', GroupType => $_ }, qw(ShowTicket ReplyToTicket) ) }
            qw(Requestor Cc)
    ),
    (   map {
            grants( { GroupDomain => 'RT::Queue-Role', GroupType => $_, Queue => 'Escalations' },
                qw(WithdrawEscalation ReopenEscalation) )
        } qw(Requestor Cc)
    ),
    # The people of the company may follow it: they may add and remove themselves, and nobody else.
    { GroupDomain => 'RT::Queue-Role', GroupType => 'Cc', Queue => 'Escalations', Right => 'Watch' },
);

our @Scrips = (
    {   Description       => 'An escalation belongs to its case, and to whoever sees the case',
        Queue             => 'Escalations',
        ScripCondition    => 'On Create',
        ScripAction       => 'User Defined',
        Template          => 'Blank',
        Stage             => 'TransactionCreate',
        CustomPrepareCode => 'return 1;',
        CustomCommitCode  => q{
            my $made = RT::Ticket->new(RT->SystemUser);
            $made->Load( $self->TicketObj->id );
            my $case   = RT::Ticket->new(RT->SystemUser);
            my $number = $made->FirstCustomFieldValue('Case') // '';
            $case->Load($number) if $number =~ /^\d+$/;
            my $author = $self->TransactionObj->CreatorObj;
            # Whoever may not see a case cannot escalate it: to everybody else it is as if there were nothing.
            unless ( $case->id && $case->QueueObj->Name eq 'Support'
                && $author->HasRight( Right => 'ShowTicket', Object => $case ) )
            {
                $made->DeleteCustomFieldValue( Field => 'Case', Value => $number ) if $number ne '';
                $made->SetStatus('withdrawn');
                return 1;
            }
            $made->AddLink( Type => 'RefersTo', Target => $case->id );
            my $requestors = $made->RoleGroup('Requestor');
            # Customers only: an escalation may be about the staff who watch the case.
            my $is_staff = sub {
                my ($one) = @_;
                my @people = $one->IsUser ? $one->Object : @{ $one->Object->UserMembersObj->ItemsArrayRef };
                return scalar grep { $_->Privileged } @people;
            };
            for my $role (qw(Cc Requestor)) {
                my $members = $case->RoleGroup($role)->MembersObj;
                while ( my $member = $members->Next ) {
                    next if $requestors->HasMember( $member->MemberId );
                    next if $is_staff->( $member->MemberObj );
                    $made->AddWatcher( Type => 'Cc', PrincipalId => $member->MemberId, Silent => 1 );
                }
            }
            return 1;
        },
    },
);

our @Final = (
    sub {
        # Nobody gets mail. What opens a ticket by itself when somebody writes is for cases only.
        my $support = RT::Queue->new( RT->SystemUser );
        $support->Load('Support');
        my $scrips = RT::Scrips->new( RT->SystemUser );
        $scrips->UnLimit;
        my @scrips = @{ $scrips->ItemsArrayRef };
        for my $scrip (@scrips) {
            my $action = $scrip->ActionObj->Name;
            $scrip->SetDisabled(1) if $action =~ /^(Notify|Autoreply)/;
            next unless $action =~ /^Open/;
            $scrip->RemoveFromObject(0);
            $scrip->AddToObject( ObjectId => $support->id );
        }
        # Who reads does not wait for who writes.
        RT->DatabaseHandle->dbh->do('PRAGMA journal_mode=WAL');
        my %tokens;
        for my $name ( 'root', map { $_->{id} } @people ) {
            my $user = RT::User->new( RT->SystemUser );
            $user->Load($name);
            my $token = RT::AuthToken->new( RT->SystemUser );
            my ( $id, $why, $secret ) = $token->Create( Owner => $user->id, Description => 'for tests' );
            die "token of $name: $why" unless $id;
            $tokens{$name} = $secret;
        }
        umask 0077;
        open my $file, '>', $given->{tokens} or die $!;
        print $file JSON->new->canonical->encode( \%tokens );
        close $file;
    },
);
1;
