namespace CcSignal.Keeper.Wire;

/// <summary>A descriptor and what it is.</summary>
/// <param name="Role">What it is to its execution.</param>
/// <param name="Descriptor">Its number in this process.</param>
internal readonly record struct HeldDescriptor(DescriptorRole Role, int Descriptor);
